import type { BrowserContext, Frame, Page } from '@playwright/test'
import { timeLimit } from '../support/time-limits.ts'

const MAX_CHARACTERS = 600

/** The text of the pages of a failed test, because nobody watches a build machine. */
export async function dumpPages(contexts: readonly BrowserContext[]): Promise<string> {
  const pages = contexts.flatMap((context) => context.pages())
  return (await Promise.all(pages.map(describePage))).join('\n\n')
}

async function describePage(page: Page): Promise<string> {
  const frames = await Promise.all(
    page.frames().map(async (frame) => `--- ${frame.url()}\n${await textOf(frame)}`),
  )
  return frames.join('\n')
}

async function textOf(frame: Frame): Promise<string> {
  const text = await frame
    .locator('body')
    .innerText({ timeout: timeLimit(2_000) })
    .catch((reason: unknown) => `(${String(reason)})`)
  return text.replace(/\n\s*\n/g, '\n').slice(0, MAX_CHARACTERS)
}

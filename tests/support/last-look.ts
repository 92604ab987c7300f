import type { Browser, Frame, Page } from 'playwright-core'
import { afterEach } from 'vitest'
import { timeLimit } from './time-limits.ts'

const LONGEST = 600

/** A story that failed prints what its pages showed then: on a build machine nobody else has looked. */
export function tellLastLook(browserOf: () => Browser | undefined): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    const pages =
      browserOf()
        ?.contexts()
        .flatMap((context) => context.pages()) ?? []
    console.error((await Promise.all(pages.map(lastLook))).join('\n\n'))
  })
}

async function lastLook(page: Page): Promise<string> {
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
  return text.replace(/\n\s*\n/g, '\n').slice(0, LONGEST)
}

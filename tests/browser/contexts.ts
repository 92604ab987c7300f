import type { Browser, BrowserContext, BrowserContextOptions, TestInfo } from '@playwright/test'
import { lastLook } from './last-look.ts'

export type OpenContext = (options?: BrowserContextOptions) => Promise<BrowserContext>

/** Contexts of one test. They are closed after it; of a test that failed, what their pages show is printed first. */
export async function withContexts(
  browser: Browser,
  use: (open: OpenContext) => Promise<void>,
  test_info: TestInfo,
): Promise<void> {
  const contexts: BrowserContext[] = []
  await use(async (options) => {
    const context = await browser.newContext(options)
    contexts.push(context)
    return context
  })
  if (test_info.status !== test_info.expectedStatus) console.error(await lastLook(contexts))
  // a request that is still held is let go without a complaint
  const pages = contexts.flatMap((context) => context.pages())
  await Promise.all(pages.map((page) => page.unrouteAll({ behavior: 'ignoreErrors' })))
  await Promise.all(contexts.map((context) => context.close()))
}

import type { Browser, BrowserContext, BrowserContextOptions, TestInfo } from '@playwright/test'
import { dumpPages } from './page-dump.ts'

export type OpenContext = (options?: BrowserContextOptions) => Promise<BrowserContext>

/**
 * The contexts of one test, closed after it. If the test failed, the content of their pages is
 * printed first.
 */
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
  if (test_info.status !== test_info.expectedStatus) console.error(await dumpPages(contexts))
  // requests that are still delayed end without an error
  const pages = contexts.flatMap((context) => context.pages())
  await Promise.all(pages.map((page) => page.unrouteAll({ behavior: 'ignoreErrors' })))
  await Promise.all(contexts.map((context) => context.close()))
}

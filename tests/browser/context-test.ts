import { test as base } from '@playwright/test'
import { withContexts, type OpenContext } from './contexts.ts'

export { expect } from '@playwright/test'

/** Tests that open browser contexts with their own options. */
export const test = base.extend<{
  /** a context that is closed after the test */
  openContext: OpenContext
}>({
  openContext: ({ browser }, use, test_info) => withContexts(browser, use, test_info),
})

import { test as base } from '@playwright/test'
import { withContexts, type OpenContext } from './contexts.ts'

export { expect } from '@playwright/test'

/** Tests that open browsers of their own shape. */
export const test = base.extend<{
  /** a context that is closed when the test is over */
  openContext: OpenContext
}>({
  openContext: ({ browser }, use, test_info) => withContexts(browser, use, test_info),
})

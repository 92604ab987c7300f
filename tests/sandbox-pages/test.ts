import { expect, test as base } from '../browser/context-test.ts'
import { builtScript, openPage, type Opened, type World } from './upsdk-page.ts'
import { openWallet, startPages, type Phone } from './wallet-phone.ts'

export { expect }

/** The fixtures that the tests of one worker share: each test restores the sandbox's state. */
type Shared = {
  /** the built upsdk.js */
  script: string
  /** the address of a sandbox with freshly built pages */
  sandbox_url: string
}

export const test = base.extend<
  {
    /** the H5, alone or in a frame, with the script in it */
    openInWorld(world: World): Promise<Opened>
    wallet: Phone
  },
  Shared
>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs
  script: [async ({}, use) => use(await builtScript()), { scope: 'worker' }],
  sandbox_url: [
    // oxlint-disable-next-line no-empty-pattern -- as above
    async ({}, use) => {
      const sandbox = await startPages()
      await use(sandbox.url)
      await sandbox.stop()
    },
    { scope: 'worker' },
  ],
  openInWorld: ({ openContext, script }, use) =>
    use((world) => openPage(openContext, script, world)),
  wallet: async ({ openContext, script, sandbox_url }, use) =>
    use(await openWallet(openContext, script, sandbox_url)),
})

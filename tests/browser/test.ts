import type { SwitchesPatch } from '../../sandbox/switches.ts'
import type { Payer } from '../support/payer.ts'
import type { World } from '../support/world.ts'
import { expect, test as base } from './context-test.ts'
import type { OpenContext } from './contexts.ts'
import { openPhone, type Phone, type PhoneOptions } from './phone.ts'
import { openWallet, type WalletOptions, type WalletPage } from './wallet-page.ts'
import { createWorldPool, type Worlds } from './worlds.ts'

export { expect }

export type Fixtures = { openContext: OpenContext } & OwnFixtures

type OwnFixtures = {
  /**
   * changed settings of the server: `test.use({ server_env: { … } })` in a file or a describe block
   */
  server_env: Record<string, string>
  /** server, sandbox and database, shared by the tests of a file with the same settings */
  world: World
  /** a phone with a new wallet or the payer's, without a page yet */
  openPhone(payer?: Payer, options?: PhoneOptions): Promise<Phone>
  phone: Phone
  /** the sandbox's wallet page of a payer, on a computer */
  openWallet(payer?: Payer, options?: WalletOptions): Promise<WalletPage>
  wallet: WalletPage
  /** changes the switches of the sandbox until the test ends */
  changeSwitches(patch: SwitchesPatch): Promise<void>
}

export const test = base.extend<OwnFixtures, { worlds: Worlds }>({
  worlds: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const worlds = createWorldPool()
      await use(worlds)
      await worlds.stop()
    },
    { scope: 'worker' },
  ],
  server_env: [{}, { option: true }],
  world: async ({ worlds, server_env }, use, { file, repeatEachIndex }) => {
    const world = await worlds.of(`${file} ${repeatEachIndex}`, server_env)
    await use(world)
    await world.refuseLeaks()
  },
  openPhone: ({ world, openContext }, use) =>
    use(async (payer, options) =>
      openPhone(openContext, world.url, payer ?? (await world.payer()), options),
    ),
  phone: async ({ openPhone: open }, use) => use(await open()),
  openWallet: ({ world, openContext }, use) =>
    use(async (payer, options) =>
      openWallet(openContext, world.sandbox.url, payer ?? (await world.payer()), options),
    ),
  wallet: async ({ openWallet: open }, use) => use(await open()),
  changeSwitches: async ({ world }, use) => {
    const undo: SwitchesPatch[] = []
    await use(async (patch) => {
      const { settings } = await world.control.state()
      const names = Object.keys(patch) as (keyof SwitchesPatch)[]
      undo.unshift(Object.fromEntries(names.map((name) => [name, settings[name]])))
      await world.control.change(patch)
    })
    for (const before of undo) await world.control.change(before)
  },
})

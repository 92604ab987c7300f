import type { SwitchesPatch } from '../../sandbox/switches.ts'
import type { Payer } from '../support/payer.ts'
import type { World } from '../support/world.ts'
import { expect, test as base } from './context-test.ts'
import type { OpenContext } from './contexts.ts'
import { openPhone, type Phone, type PhoneOptions } from './phone.ts'
import { openWallet, type WalletOptions, type WalletPage } from './wallet-page.ts'
import { holdWorlds, type Worlds } from './worlds.ts'

export { expect }

export type Fixtures = { openContext: OpenContext } & OwnFixtures

type OwnFixtures = {
  /** changes of the server's settings: `test.use({ server_env: { … } })` in a file or a describe block */
  server_env: Record<string, string>
  /** server, sandbox and database: one for all tests of a file that want the same settings */
  world: World
  /** a phone with a fresh wallet, or with this person's, and no page in it yet */
  openPhone(payer?: Payer, options?: PhoneOptions): Promise<Phone>
  phone: Phone
  /** the sandbox's wallet page of the same person, on a computer */
  openWallet(payer?: Payer, options?: WalletOptions): Promise<WalletPage>
  wallet: WalletPage
  /** changes UnionPay's ways until the test is over */
  switchUntilEnd(patch: SwitchesPatch): Promise<void>
}

export const test = base.extend<OwnFixtures, { worlds: Worlds }>({
  worlds: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const worlds = holdWorlds()
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
  switchUntilEnd: async ({ world }, use) => {
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

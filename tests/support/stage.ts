import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { buildPages } from '../../commands/build.ts'
import type { SwitchesPatch } from '../../sandbox/switches.ts'
import { launchChromium } from './browser.ts'
import { tellLastLook } from './last-look.ts'
import type { Payer } from './payer.ts'
import { openPhone, type Phone, type PhoneOptions } from './phone.ts'
import { openWalletPage, type WalletPage } from './wallet-page.ts'
import { startWorld, type World } from './world.ts'

/** What the stories of one file play on: built pages, one world, one browser; every story gets a phone of its own. */
export type Stage = {
  world: World
  browser: Browser
  phone(payer?: Payer, options?: PhoneOptions): Promise<Phone>
  /** the sandbox's wallet page of the same person, on a computer */
  walletPage(payer?: Payer, options?: Parameters<typeof openWalletPage>[3]): Promise<WalletPage>
  /** changes UnionPay's ways until the story is over */
  switchUntilEnd(patch: SwitchesPatch): Promise<void>
}

/** Sets the stage before the file's first story and clears it after the last. `env` changes the server's settings. */
export function setStage(env: Record<string, string> = {}): Stage {
  const stage = {
    async phone(payer?: Payer, options?: PhoneOptions): Promise<Phone> {
      const phone = await openPhone(
        stage.browser,
        stage.world.url,
        payer ?? (await stage.world.payer()),
        options,
      )
      onTestFinished(() => phone.context.close())
      return phone
    },
    async walletPage(payer, options): Promise<WalletPage> {
      const wallet = await openWalletPage(
        stage.browser,
        stage.world.sandbox.url,
        payer ?? (await stage.world.payer()),
        options,
      )
      onTestFinished(() => wallet.context.close())
      return wallet
    },
    async switchUntilEnd(patch: SwitchesPatch): Promise<void> {
      const { settings } = await stage.world.control.state()
      const before = Object.fromEntries(
        Object.keys(patch).map((name) => [name, settings[name as keyof SwitchesPatch]]),
      )
      onTestFinished(async () => void (await stage.world.control.change(before)))
      await stage.world.control.change(patch)
    },
  } as Stage
  beforeAll(async () => {
    await buildPages()
    ;[stage.world, stage.browser] = await Promise.all([
      startWorld({ env: { RATE_LIMIT_SIGNING: '1000', RATE_LIMIT_LOGIN: '1000', ...env } }),
      launchChromium(),
    ])
  })
  tellLastLook(() => stage.browser)
  afterAll(async () => {
    await stage.browser?.close()
    await stage.world?.stop()
  })
  return stage
}

import type { BrowserContextOptions } from '@playwright/test'
import type { Payer } from '../support/payer.ts'
import type { OpenContext } from './contexts.ts'
import { acceptPrivacy } from './phone.ts'

export type WalletPage = Awaited<ReturnType<typeof openWallet>>
export type WalletOptions = Pick<BrowserContextOptions, 'userAgent'>

/** The sandbox's wallet on a computer: a phone on the page, with the H5 in an iframe inside it. */
export async function openWallet(
  openContext: OpenContext,
  sandbox_url: string,
  payer: Payer,
  options: WalletOptions = {},
) {
  // high enough for the unscaled phone: Playwright clicks beside elements in a scaled iframe
  const context = await openContext({
    viewport: { width: 1280, height: 1100 },
    locale: 'zh-CN',
    ...options,
  })
  await context.addCookies([
    { name: 'sandbox_wallet', value: payer.wallet_user, domain: 'localhost', path: '/' },
  ])
  await acceptPrivacy(context)
  const page = await context.newPage()
  await page.goto(`${sandbox_url}/`)
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  /** the sandbox's own bar beside the phone */
  const workbench_bar = page.getByRole('navigation', { name: '沙盒' })
  return {
    context,
    page,
    button,
    /** the H5 in the phone; the second window of createWebView covers it */
    h5: page.frameLocator('iframe').first(),
    secondWindow: page.frameLocator('iframe').last(),
    windows: page.locator('iframe'),
    openH5: () => page.getByRole('button', { name: '青禾便民' }).click(),
    back: () => button('返回').last().click(),
    closeWindow: () => button('关闭').last().click(),
    /** 我的 → 设置 → 支付设置 → 无感支付 on the wallet's native screens */
    async toPasswordFree(): Promise<void> {
      await button('我的').click()
      for (const entry of ['设置', '支付设置', '无感支付'])
        await page.getByRole('button', { name: entry }).click()
    },
    async openJournal() {
      await workbench_bar.getByRole('button', { name: /消息/ }).click()
      return page.getByRole('complementary', { name: '消息记录' })
    },
    async openPanel() {
      await workbench_bar.getByRole('button', { name: /面板/ }).click()
      return page.getByRole('complementary', { name: '控制面板' })
    },
  }
}

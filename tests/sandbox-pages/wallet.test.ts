import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../support/browser.ts'
import { openWallet, signingAddress, startPages } from './wallet-phone.ts'

let browser: Browser
let sandbox: { url: string; stop(): Promise<void> }
beforeAll(async () => {
  ;[browser, sandbox] = await Promise.all([launchChromium(), startPages()])
})
afterAll(async () => {
  await browser.close()
  await sandbox.stop()
})

test('the wallet opens on the phone with one hint, the shop beside it, panel and journal folded, and says that it is a sandbox', async () => {
  const { page } = await openWallet(browser, sandbox.url)
  await page.getByText('从这里开始签约').waitFor()
  expect(await page.getByText('沙盒 SANDBOX').isVisible()).toBe(true)
  expect(await page.getByRole('complementary').count()).toBe(1)
  expect(await page.getByRole('complementary', { name: '商店' }).isVisible()).toBe(true)
  await page.context().close()
})

test('the back key goes back inside the H5 and leaves it at its first page', async () => {
  const { page, h5, openH5, back } = await openWallet(browser, sandbox.url)
  await openH5()
  await h5().getByRole('link', { name: 'next' }).click()
  await h5().getByRole('heading', { name: '/second' }).waitFor()
  await back()
  await h5().getByRole('heading', { name: '/', exact: true }).waitFor()
  await back()
  await page.locator('iframe').waitFor({ state: 'detached' })
  await page.context().close()
})

test('createWebView puts a second window on top; closing it wakes the first, and one press of back leaves the H5', async () => {
  const { page, h5, openH5, back } = await openWallet(browser, sandbox.url)
  await openH5()
  const address = signingAddress(sandbox.url)
  await h5().evaluate(
    `upsdk.pluginReady(() => upsdk.createWebView({ url: ${JSON.stringify(address)}, title: '签约', isFinish: '0' }))`,
  )
  const second = page.frameLocator('iframe').last()
  await second.getByRole('heading', { name: '无感停车缴费' }).waitFor()
  await second.getByRole('button', { name: '拒绝' }).click()
  await second.getByRole('heading', { name: '/return' }).waitFor()
  await page.getByRole('button', { name: '关闭', exact: true }).last().click()
  await h5().getByText('resumed').waitFor()
  await expect.poll(() => page.locator('iframe').count()).toBe(1)
  await back()
  await page.locator('iframe').waitFor({ state: 'detached' })
  await page.context().close()
})

test('the signing page asks for consent first, and for the digits of the pretend SMS', async () => {
  const page = await browser.newPage({ viewport: { width: 360, height: 640 } })
  await page.route('http://h5.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: 'back' }),
  )
  await page.goto(signingAddress(sandbox.url))
  await page.getByRole('button', { name: '同意并开通' }).click()
  await page.getByText('请先勾选同意协议').waitFor()
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: '同意并开通' }).click()
  await page.getByText('短信验证码错误或已过期').waitFor()
  await page.getByRole('button', { name: '点此填入' }).click()
  await page.getByRole('button', { name: '同意并开通' }).click()
  await page.waitForURL(/^http:\/\/h5\.example\/return\?code=[^&]+&state=abc$/)
  await page.close()
})

test.each(['light', 'dark'] as const)(
  'shop, panel and journal fit a phone and a desk, without accessibility violations (%s)',
  async (colorScheme) => {
    for (const viewport of [
      { width: 360, height: 640 },
      { width: 1280, height: 800 },
    ]) {
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
      const page = await context.newPage()
      await page.goto(`${sandbox.url}/`)
      await page.getByText('从这里开始签约').waitFor()
      for (const [name, side] of [
        ['商店', '商店'],
        ['面板', '控制面板'],
        ['消息', '消息记录'],
      ] as const) {
        const part = page.getByRole('complementary', { name: side })
        if (!(await part.isVisible())) await page.getByRole('button', { name, exact: true }).click()
        await part.waitFor()
        if (name === '面板')
          await page.evaluate(
            "document.querySelectorAll('details').forEach((chapter) => (chapter.open = true))",
          )
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(
          violations.map(
            ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
          ),
          side,
        ).toEqual([])
        expect(
          await page.evaluate('document.documentElement.scrollWidth - innerWidth'),
          side,
        ).toBeLessThanOrEqual(0)
      }
      await context.close()
    }
  },
)

test.each(['light', 'dark'] as const)(
  'the wallet and the signing page have no accessibility violations (%s)',
  async (colorScheme) => {
    const context = await browser.newContext({ viewport: { width: 360, height: 640 }, colorScheme })
    const page = await context.newPage()
    for (const [address, seen] of [
      [`${sandbox.url}/`, '从这里开始签约'],
      [signingAddress(sandbox.url), '同意并开通'],
    ] as const) {
      await page.goto(address)
      await page.getByText(seen).first().waitFor()
      await page.evaluate(
        'Promise.all(document.getAnimations().map((animation) => animation.finished))',
      )
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(
        violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
        ),
      ).toEqual([])
    }
    await context.close()
  },
)

import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './test.ts'
import { signingAddress } from './wallet-phone.ts'

test('the wallet opens on the phone with one hint, the shop beside it, panel and journal collapsed, and says that it is a sandbox', async ({
  wallet,
}) => {
  const { page } = wallet
  await expect(page.getByText('从这里开始签约')).toBeVisible()
  await expect(page.getByText('沙盒 SANDBOX')).toBeVisible()
  await expect(page.getByRole('complementary')).toHaveCount(1)
  await expect(page.getByRole('complementary', { name: '商店' })).toBeVisible()
})

test('the back key goes back inside the H5 and leaves it at its first page', async ({ wallet }) => {
  const { page, h5, openH5, back } = wallet
  await openH5()
  await h5().getByRole('link', { name: 'next' }).click()
  await expect(h5().getByRole('heading', { name: '/second' })).toBeVisible()
  await back()
  await expect(h5().getByRole('heading', { name: '/', exact: true })).toBeVisible()
  await back()
  await expect(page.locator('iframe')).toHaveCount(0)
})

test('createWebView opens a second window on top; closing it resumes the first, and one press of back leaves the H5', async ({
  wallet,
  sandbox_url,
}) => {
  const { page, h5, openH5, back } = wallet
  await openH5()
  const address = signingAddress(sandbox_url)
  await h5().evaluate((url) => {
    const { upsdk } = window
    upsdk['pluginReady']?.(() => upsdk['createWebView']?.({ url, title: '签约', isFinish: '0' }))
  }, address)
  const second = page.frameLocator('iframe').last()
  await expect(second.getByRole('heading', { name: '无感停车缴费' })).toBeVisible()
  await second.getByRole('button', { name: '拒绝' }).click()
  await expect(second.getByRole('heading', { name: '/return' })).toBeVisible()
  await page.getByRole('button', { name: '关闭', exact: true }).last().click()
  await expect(h5().getByText('resumed')).toBeVisible()
  await expect(page.locator('iframe')).toHaveCount(1)
  await back()
  await expect(page.locator('iframe')).toHaveCount(0)
})

test('the signing page asks for consent first, then for the digits of the simulated SMS', async ({
  openContext,
  sandbox_url,
}) => {
  const page = await (await openContext({ viewport: { width: 360, height: 640 } })).newPage()
  await page.route('http://h5.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: 'back' }),
  )
  await page.goto(signingAddress(sandbox_url))
  await page.getByRole('button', { name: '同意并开通' }).click()
  await expect(page.getByText('请先勾选同意协议')).toBeVisible()
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: '同意并开通' }).click()
  await expect(page.getByText('短信验证码错误或已过期')).toBeVisible()
  await page.getByRole('button', { name: '点此填入' }).click()
  await page.getByRole('button', { name: '同意并开通' }).click()
  await expect(page).toHaveURL(/^http:\/\/h5\.example\/return\?code=[^&]+&state=abc$/)
})

test(
  'shop, panel and journal fit a phone and a desktop, without accessibility violations',
  { tag: '@dark' },
  async ({ openContext, sandbox_url }) => {
    for (const viewport of [
      { width: 360, height: 640 },
      { width: 1280, height: 800 },
    ]) {
      const context = await openContext({ viewport, reducedMotion: 'reduce' })
      const page = await context.newPage()
      await page.goto(`${sandbox_url}/`)
      await expect(page.getByText('从这里开始签约')).toBeVisible()
      for (const [name, side] of [
        ['商店', '商店'],
        ['面板', '控制面板'],
        ['消息', '消息记录'],
      ] as const) {
        const part = page.getByRole('complementary', { name: side })
        if (!(await part.isVisible())) await page.getByRole('button', { name, exact: true }).click()
        await expect(part).toBeVisible()
        if (name === '面板')
          await page
            .locator('details')
            .evaluateAll((chapters: HTMLDetailsElement[]) =>
              chapters.forEach((chapter) => (chapter.open = true)),
            )
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(
          violations.map(
            ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
          ),
          side,
        ).toEqual([])
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
          side,
        ).toBeLessThanOrEqual(0)
      }
    }
  },
)

test(
  'the wallet and the signing page have no accessibility violations',
  { tag: '@dark' },
  async ({ openContext, sandbox_url }) => {
    const context = await openContext({ viewport: { width: 360, height: 640 } })
    const page = await context.newPage()
    for (const [address, seen] of [
      [`${sandbox_url}/`, '从这里开始签约'],
      [signingAddress(sandbox_url), '同意并开通'],
    ] as const) {
      await page.goto(address)
      await expect(page.getByText(seen).first()).toBeVisible()
      await page.evaluate(async () => {
        await Promise.all(document.getAnimations().map((animation) => animation.finished))
      })
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(
        violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
        ),
      ).toEqual([])
    }
  },
)

import { expect, test as base } from '../browser/test.ts'
import { loseFirstResponse } from '../browser/lost-response.ts'
import { agents } from '../browser/phone.ts'
import { plan } from '../support/world.ts'

const test = base.extend<{
  /** sets the answers of the simulated bridge until the test ends */
  setBridge(table: Record<string, unknown>): Promise<void>
}>({
  setBridge: async ({ world }, use) => {
    await use(async (table) => void (await world.control.setBridge(table)))
    await world.control.setBridge({})
  },
})

test.describe('admission by config', () => {
  test.use({ server_env: { UPSDK_ADMISSION: 'config' } })

  for (const agent of ['ios', 'android', 'harmonyos'] as const) {
    test(`${agent}: the page is admitted by a signature over its address and can sign`, async ({
      world,
      openPhone,
      changeSwitches,
    }) => {
      await changeSwitches({ personality: agent, admission: 'config' })
      const phone = await openPhone(undefined, { agent })
      await phone.sign(plan.vending)
      const configs = (await world.control.journal()).filter(
        ({ kind, user_id }) => kind === 'config' && user_id === phone.payer.wallet_user,
      )
      expect(configs.length).toBeGreaterThan(0)
      expect(configs.map(({ summary }) => summary)).toEqual(
        configs.map(() => 'upsdk.config → ready'),
      )
      // the title is set through the bridge, so calls work after the admission
      await expect(phone.page).toHaveTitle('签约结果')
      expect(phone.console_errors).toEqual([])
    })
  }

  test("on HarmonyOS without a wallet token in the user agent the wallet's script is asked, and the page can sign", async ({
    changeSwitches,
    openWallet,
  }) => {
    await changeSwitches({ personality: 'harmonyos', admission: 'config' })
    const wallet = await openWallet(undefined, { userAgent: agents.harmonyos_plain })
    const panel = await wallet.openPanel()
    await expect(panel.getByRole('button', { name: 'HarmonyOS', pressed: true })).toBeVisible()
    await expect(panel.getByText('没有人公开过鸿蒙版云闪付的 User-Agent')).toBeVisible()
    await wallet.openH5()
    await wallet.h5.getByRole('link', { name: /无人货柜开门即购/ }).click()
    await wallet.h5.getByRole('checkbox').check()
    await wallet.h5.getByRole('button', { name: '去签约' }).click()
    await expect(wallet.h5.getByRole('button', { name: '拒绝' })).toBeVisible()
    await wallet.h5.getByRole('checkbox').check()
    await wallet.h5.getByRole('button', { name: '同意并开通' }).click()
    await expect(wallet.h5.getByRole('heading', { name: '签约成功' })).toBeVisible()
  })

  test('a page whose config the wallet refuses can still sign, because signing needs no bridge', async ({
    phone,
    changeSwitches,
  }) => {
    await changeSwitches({ personality: 'android', admission: 'plugin_ready' })
    await phone.sign(plan.vending)
  })

  test('a page whose bridge never becomes ready can still sign', async ({ phone, setBridge }) => {
    await setBridge({ bridgeLoad: { outcome: 'silent' } })
    await phone.sign(plan.vending)
  })
})

test.describe('admission by pluginReady', () => {
  test.use({ server_env: { UPSDK_ADMISSION: 'plugin_ready' } })

  for (const agent of ['ios', 'android', 'harmonyos'] as const) {
    test(`${agent}: the page is admitted without a signature and can sign`, async ({
      world,
      openPhone,
      changeSwitches,
    }) => {
      await changeSwitches({ personality: agent, admission: 'plugin_ready' })
      const phone = await openPhone(undefined, { agent })
      await phone.sign(plan.vending)
      const kinds = (await world.control.journal())
        .filter(({ user_id }) => user_id === phone.payer.wallet_user)
        .map(({ kind }) => kind)
      expect(kinds).not.toContain('config')
      await expect(phone.page).toHaveTitle('签约结果')
      expect(phone.console_errors).toEqual([])
    })
  }
})

test.describe('a second window for the signing page', () => {
  test.use({ server_env: { SIGNING_WINDOW: 'web_view' } })

  test('the second window completes the signing, and the first shows the result once it is visible again', async ({
    wallet,
  }) => {
    await wallet.openH5()
    await wallet.h5.getByRole('link', { name: /无人货柜开门即购/ }).click()
    await wallet.h5.getByRole('checkbox').check()
    await wallet.h5.getByRole('button', { name: '去签约' }).click()
    await expect(wallet.windows).toHaveCount(2)
    await wallet.secondWindow.getByRole('checkbox').check()
    await wallet.secondWindow.getByRole('button', { name: '同意并开通' }).click()
    await expect(wallet.secondWindow.getByRole('heading', { name: '签约成功' })).toBeVisible()
    await wallet.secondWindow.getByRole('button', { name: '关闭此窗口' }).click()
    await expect(wallet.windows).toHaveCount(1)
    await expect(wallet.h5.getByRole('heading', { name: '签约成功' })).toBeVisible()
  })

  test("the back key on the result of the second window closes it and never opens UnionPay's used page", async ({
    wallet,
  }) => {
    await wallet.openH5()
    await wallet.h5.getByRole('link', { name: /无人货柜开门即购/ }).click()
    await wallet.h5.getByRole('checkbox').check()
    await wallet.h5.getByRole('button', { name: '去签约' }).click()
    await wallet.secondWindow.getByRole('button', { name: '拒绝' }).click()
    await expect(wallet.secondWindow.getByRole('heading', { name: '已取消签约' })).toBeVisible()
    const pages: string[] = []
    wallet.page.on('framenavigated', (frame) => void pages.push(frame.url()))
    await wallet.back()
    await expect(wallet.windows).toHaveCount(1)
    await expect(wallet.h5.getByRole('heading', { name: '已取消签约' })).toBeVisible()
    expect(pages.filter((url) => url.includes('/noPwd/'))).toEqual([])
  })

  test('a second window whose return lost its response signs in silently once and shows the contract', async ({
    phone,
    openPhone,
  }) => {
    const opened = phone.context.waitForEvent('page')
    await phone.open(`/plans/${plan.vending}`)
    await phone.consent.check()
    await phone.button('去签约').tap()
    const address = (await opened).url()
    const second = await openPhone(phone.payer)
    await loseFirstResponse(second, '**/api/signings/return')
    await second.page.goto(address)
    await second.agree()
    await expect(second.heading('暂时连不上我们的服务')).toBeVisible()
    await second.button('重试').tap()
    await expect(second.page.getByText('生效中')).toBeVisible()
  })

  test('after the second window was closed without a decision the first says that nothing is signed and can reopen it', async ({
    wallet,
  }) => {
    await wallet.openH5()
    await wallet.h5.getByRole('link', { name: /无人货柜开门即购/ }).click()
    await wallet.h5.getByRole('checkbox').check()
    await wallet.h5.getByRole('button', { name: '去签约' }).click()
    await expect(wallet.secondWindow.getByRole('button', { name: '拒绝' })).toBeVisible()
    await wallet.closeWindow()
    await expect(wallet.windows).toHaveCount(1)
    await expect(
      wallet.h5.getByRole('heading', { name: '请在新打开的窗口中完成签约' }),
    ).toBeVisible()
    await wallet.h5.getByRole('button', { name: '继续签约' }).click()
    await wallet.secondWindow.getByRole('button', { name: '拒绝' }).click()
    await expect(wallet.secondWindow.getByRole('heading', { name: '已取消签约' })).toBeVisible()
    await wallet.closeWindow()
    await expect(wallet.h5.getByRole('heading', { name: '已取消签约' })).toBeVisible()
  })

  test('a second window with its own cookies signs in silently to show the result', async ({
    phone,
    openPhone,
  }) => {
    const opened = phone.context.waitForEvent('page')
    await phone.open(`/plans/${plan.vending}`)
    await phone.consent.check()
    await phone.button('去签约').tap()
    const address = (await opened).url()
    const second = await openPhone(phone.payer)
    await second.page.goto(address)
    await second.agree()
    await expect(second.heading('签约成功')).toBeVisible()
    await phone.page.bringToFront()
    await expect
      .poll(async () => {
        await phone.page.evaluate(() => void window.dispatchEvent(new Event('focus')))
        return phone.heading('签约成功').count()
      })
      .toBe(1)
  })
})

import { expect, test as base } from '../browser/test.ts'
import { loseFirstAnswer } from '../browser/lost-answer.ts'
import { agents } from '../browser/phone.ts'
import { plan } from '../support/world.ts'

const test = base.extend<{
  setBridgeUntilEnd(table: Record<string, unknown>): Promise<void>
}>({
  setBridgeUntilEnd: async ({ world }, use) => {
    await use(async (table) => void (await world.control.setBridge(table)))
    await world.control.setBridge({})
  },
})

test.describe('admission by config', () => {
  test.use({ server_env: { UPSDK_ADMISSION: 'config' } })

  for (const agent of ['ios', 'android', 'harmonyos'] as const) {
    test(`${agent}: the page is admitted by a signature over its own address, and signs`, async ({
      world,
      openPhone,
      switchUntilEnd,
    }) => {
      await switchUntilEnd({ personality: agent, admission: 'config' })
      const phone = await openPhone(undefined, { agent })
      await phone.sign(plan.vending)
      const configs = (await world.control.journal()).filter(
        ({ kind, user_id }) => kind === 'config' && user_id === phone.payer.wallet_user,
      )
      expect(configs.length).toBeGreaterThan(0)
      expect(configs.map(({ summary }) => summary)).toEqual(
        configs.map(() => 'upsdk.config → ready'),
      )
      // the title is set through the bridge: proof that calls get through after the admission
      await expect(phone.page).toHaveTitle('签约结果')
      expect(phone.complaints).toEqual([])
    })
  }

  test('HarmonyOS, and no token of the wallet in the user agent: its script is asked, and the page signs', async ({
    switchUntilEnd,
    openWallet,
  }) => {
    await switchUntilEnd({ personality: 'harmonyos', admission: 'config' })
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

  test('config is refused by the wallet: the page reads as before, and signing, which needs no bridge, works', async ({
    phone,
    switchUntilEnd,
  }) => {
    await switchUntilEnd({ personality: 'android', admission: 'plugin_ready' })
    await phone.sign(plan.vending)
  })

  test('the bridge never becomes ready: nothing waits for it', async ({
    phone,
    setBridgeUntilEnd,
  }) => {
    await setBridgeUntilEnd({ bridgeLoad: { outcome: 'silent' } })
    await phone.sign(plan.vending)
  })
})

test.describe('admission by pluginReady', () => {
  test.use({ server_env: { UPSDK_ADMISSION: 'plugin_ready' } })

  for (const agent of ['ios', 'android', 'harmonyos'] as const) {
    test(`${agent}: the page is admitted without a signature, and signs`, async ({
      world,
      openPhone,
      switchUntilEnd,
    }) => {
      await switchUntilEnd({ personality: agent, admission: 'plugin_ready' })
      const phone = await openPhone(undefined, { agent })
      await phone.sign(plan.vending)
      const kinds = (await world.control.journal())
        .filter(({ user_id }) => user_id === phone.payer.wallet_user)
        .map(({ kind }) => kind)
      expect(kinds).not.toContain('config')
      await expect(phone.page).toHaveTitle('签约结果')
      expect(phone.complaints).toEqual([])
    })
  }
})

test.describe('a second window for the signing page', () => {
  test.use({ server_env: { SIGNING_WINDOW: 'web_view' } })

  test('opens on top, completes by itself, and the first window shows the result when it is seen again', async ({
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

  test("the back key on its result closes it, and never opens UnionPay's used page", async ({
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

  test('the answer to its return is lost: it signs in silently, once, and what was signed is there', async ({
    phone,
    openPhone,
  }) => {
    const opened = phone.context.waitForEvent('page')
    await phone.open(`/plans/${plan.vending}`)
    await phone.consent.check()
    await phone.button('去签约').tap()
    const address = (await opened).url()
    const second = await openPhone(phone.payer)
    await loseFirstAnswer(second, '**/api/signings/return')
    await second.page.goto(address)
    await second.agree()
    await expect(second.heading('暂时连不上我们的服务')).toBeVisible()
    await second.button('重试').tap()
    await expect(second.page.getByText('生效中')).toBeVisible()
  })

  test('closed without a decision: the first window says that nothing is signed yet, and can open it again', async ({
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

  test('with cookies of its own (another cookie jar): it signs in silently only to show the result', async ({
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

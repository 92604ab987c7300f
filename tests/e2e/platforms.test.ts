import { describe, expect, onTestFinished, test } from 'vitest'
import { loseFirstAnswer } from '../support/lost-answer.ts'
import { agents } from '../support/phone.ts'
import { setStage } from '../support/stage.ts'
import { plan } from '../support/world.ts'

describe('admission by config', () => {
  const stage = setStage({ UPSDK_ADMISSION: 'config' })

  test.each(['ios', 'android', 'harmonyos'] as const)(
    '%s: the page is admitted by a signature over its own address, and signs',
    async (agent) => {
      await stage.switchUntilEnd({ personality: agent, admission: 'config' })
      const phone = await stage.phone(undefined, { agent })
      await phone.sign(plan.vending)
      const configs = (await stage.world.control.journal()).filter(
        ({ kind, user_id }) => kind === 'config' && user_id === phone.payer.wallet_user,
      )
      expect(configs.length).toBeGreaterThan(0)
      expect(configs.map(({ summary }) => summary)).toEqual(
        configs.map(() => 'upsdk.config → ready'),
      )
      // the title is set through the bridge: proof that calls get through after the admission
      await expect.poll(() => phone.page.title()).toBe('签约结果')
      expect(phone.complaints).toEqual([])
    },
  )

  test('HarmonyOS, and no token of the wallet in the user agent: its script is asked, and the page signs', async () => {
    await stage.switchUntilEnd({ personality: 'harmonyos', admission: 'config' })
    const wallet = await stage.walletPage(undefined, { userAgent: agents.harmonyos_plain })
    const panel = await wallet.openPanel()
    await panel.getByRole('button', { name: 'HarmonyOS', pressed: true }).waitFor()
    await panel.getByText('没有人公开过鸿蒙版云闪付的 User-Agent').waitFor()
    await wallet.openH5()
    await wallet.h5.getByRole('link', { name: /无人货柜开门即购/ }).click()
    await wallet.h5.getByRole('checkbox').check()
    await wallet.h5.getByRole('button', { name: '去签约' }).click()
    await wallet.h5.getByRole('button', { name: '拒绝' }).waitFor()
    await wallet.h5.getByRole('checkbox').check()
    await wallet.h5.getByRole('button', { name: '同意并开通' }).click()
    await wallet.h5.getByRole('heading', { name: '签约成功' }).waitFor()
  })

  test('config is refused by the wallet: the page reads as before, and signing, which needs no bridge, works', async () => {
    const phone = await stage.phone()
    await stage.switchUntilEnd({ personality: 'android', admission: 'plugin_ready' })
    await phone.sign(plan.vending)
  })

  test('the bridge never becomes ready: nothing waits for it', async () => {
    const phone = await stage.phone()
    await stage.world.control.setBridge({ bridgeLoad: { outcome: 'silent' } })
    onTestFinished(async () => void (await stage.world.control.setBridge({})))
    await phone.sign(plan.vending)
  })
})

describe('admission by pluginReady', () => {
  const stage = setStage({ UPSDK_ADMISSION: 'plugin_ready' })

  test.each(['ios', 'android', 'harmonyos'] as const)(
    '%s: the page is admitted without a signature, and signs',
    async (agent) => {
      await stage.switchUntilEnd({ personality: agent, admission: 'plugin_ready' })
      const phone = await stage.phone(undefined, { agent })
      await phone.sign(plan.vending)
      const kinds = (await stage.world.control.journal())
        .filter(({ user_id }) => user_id === phone.payer.wallet_user)
        .map(({ kind }) => kind)
      expect(kinds).not.toContain('config')
      await expect.poll(() => phone.page.title()).toBe('签约结果')
      expect(phone.complaints).toEqual([])
    },
  )
})

describe('a second window for the signing page', () => {
  const stage = setStage({ SIGNING_WINDOW: 'web_view' })

  test('opens on top, completes by itself, and the first window shows the result when it is seen again', async () => {
    const wallet = await stage.walletPage()
    await wallet.openH5()
    await wallet.h5.getByRole('link', { name: /无人货柜开门即购/ }).click()
    await wallet.h5.getByRole('checkbox').check()
    await wallet.h5.getByRole('button', { name: '去签约' }).click()
    await expect.poll(() => wallet.windows()).toBe(2)
    await wallet.secondWindow.getByRole('checkbox').check()
    await wallet.secondWindow.getByRole('button', { name: '同意并开通' }).click()
    await wallet.secondWindow.getByRole('heading', { name: '签约成功' }).waitFor()
    await wallet.secondWindow.getByRole('button', { name: '关闭此窗口' }).click()
    await expect.poll(() => wallet.windows()).toBe(1)
    await wallet.h5.getByRole('heading', { name: '签约成功' }).waitFor()
  })

  test("the back key on its result closes it, and never opens UnionPay's used page", async () => {
    const wallet = await stage.walletPage()
    await wallet.openH5()
    await wallet.h5.getByRole('link', { name: /无人货柜开门即购/ }).click()
    await wallet.h5.getByRole('checkbox').check()
    await wallet.h5.getByRole('button', { name: '去签约' }).click()
    await wallet.secondWindow.getByRole('button', { name: '拒绝' }).click()
    await wallet.secondWindow.getByRole('heading', { name: '已取消签约' }).waitFor()
    const pages: string[] = []
    wallet.page.on('framenavigated', (frame) => void pages.push(frame.url()))
    await wallet.back()
    await expect.poll(() => wallet.windows()).toBe(1)
    await wallet.h5.getByRole('heading', { name: '已取消签约' }).waitFor()
    expect(pages.filter((url) => url.includes('/noPwd/'))).toEqual([])
  })

  test('the answer to its return is lost: it signs in silently, once, and what was signed is there', async () => {
    const phone = await stage.phone()
    const opened = phone.context.waitForEvent('page')
    await phone.open(`/plans/${plan.vending}`)
    await phone.consent.check()
    await phone.button('去签约').tap()
    const address = (await opened).url()
    const second = await stage.phone(phone.payer)
    await loseFirstAnswer(second, '**/api/signings/return')
    await second.page.goto(address)
    await second.agree()
    await second.heading('暂时连不上我们的服务').waitFor()
    await second.button('重试').tap()
    await second.page.getByText('生效中').waitFor()
  })

  test('closed without a decision: the first window says that nothing is signed yet, and can open it again', async () => {
    const wallet = await stage.walletPage()
    await wallet.openH5()
    await wallet.h5.getByRole('link', { name: /无人货柜开门即购/ }).click()
    await wallet.h5.getByRole('checkbox').check()
    await wallet.h5.getByRole('button', { name: '去签约' }).click()
    await wallet.secondWindow.getByRole('button', { name: '拒绝' }).waitFor()
    await wallet.closeWindow()
    await expect.poll(() => wallet.windows()).toBe(1)
    await wallet.h5.getByRole('heading', { name: '请在新打开的窗口中完成签约' }).waitFor()
    await wallet.h5.getByRole('button', { name: '继续签约' }).click()
    await wallet.secondWindow.getByRole('button', { name: '拒绝' }).click()
    await wallet.secondWindow.getByRole('heading', { name: '已取消签约' }).waitFor()
    await wallet.closeWindow()
    await wallet.h5.getByRole('heading', { name: '已取消签约' }).waitFor()
  })

  test('with cookies of its own (another cookie jar): it signs in silently only to show the result', async () => {
    const phone = await stage.phone()
    const opened = phone.context.waitForEvent('page')
    await phone.open(`/plans/${plan.vending}`)
    await phone.consent.check()
    await phone.button('去签约').tap()
    const address = (await opened).url()
    const second = await stage.phone(phone.payer)
    await second.page.goto(address)
    await second.agree()
    await second.heading('签约成功').waitFor()
    await phone.page.bringToFront()
    await expect
      .poll(async () => {
        await phone.page.evaluate("void window.dispatchEvent(new Event('focus'))")
        return phone.heading('签约成功').count()
      })
      .toBe(1)
  })
})

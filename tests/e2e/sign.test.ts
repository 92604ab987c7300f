import { expect, test } from '../browser/test.ts'
import { plan } from '../support/world.ts'

test('a payer signs from the list of services and sees the contract under 我的签约', async ({
  phone,
  world,
}) => {
  await phone.open()
  await phone.link(/无人货柜开门即购/).tap()
  await expect(phone.heading('无人货柜开门即购')).toBeVisible()
  await phone.signFromPlan()
  await phone.link('我的签约').tap()
  await phone.link(/无人货柜开门即购.*生效中/).tap()
  await expect(phone.page.getByText('签约生效 · 银联答复')).toBeVisible()
  const [at_unionpay] = (await world.control.contracts()).filter(
    ({ user_id }) => user_id === phone.payer.wallet_user,
  )
  const masked = new RegExp(
    `^${at_unionpay?.contract_id.slice(0, 4)}\\*+${at_unionpay?.contract_id.slice(-4)}$`,
  )
  await expect(phone.page.getByText(masked)).toHaveCount(1)
  expect(phone.console_errors).toEqual([])
})

test('the consent box is unticked at first, and the button explains what is missing', async ({
  phone,
}) => {
  await phone.open(`/plans/${plan.vending}`)
  await expect(phone.heading('无人货柜开门即购')).toBeVisible()
  await expect(phone.consent).not.toBeChecked()
  await phone.button('去签约').tap()
  await expect(
    phone.page.getByRole('alert').filter({ hasText: '请先勾选同意，再签约。' }),
  ).toBeVisible()
  await expect(phone.page.locator('input[type=checkbox]:focus')).toBeVisible()
  expect(phone.path()).toBe(`/plans/${plan.vending}`)
  await phone.consent.check()
  await expect(phone.page.getByText('请先勾选同意，再签约。')).toHaveCount(0)
})

test('key terms precede the button: payee and limits visible at once and largest, then the card order and how to stop', async ({
  phone,
}) => {
  await phone.open(`/plans/${plan.vending}`)
  await expect(phone.heading('无人货柜开门即购')).toBeVisible()
  const order = await phone.page.evaluate(() =>
    [...document.querySelectorAll('main *')]
      .flatMap((one) => [...one.childNodes].filter(({ nodeType }) => nodeType === 3))
      .map((node) => node.textContent?.trim() ?? '')
      .filter((text) => text !== ''),
  )
  const places = [
    '青禾便利',
    '¥50.00',
    '¥200.00',
    '扣款顺序',
    '怎么停用',
    '我已阅读并同意',
    '去签约',
  ].map((text) => order.indexOf(text))
  expect(places).toEqual(places.toSorted((one, other) => one - other))
  expect(Math.min(...places)).toBeGreaterThanOrEqual(0)
  const bar = (await phone.page.locator('.bar').boundingBox())?.y ?? 0
  const sizes = await Promise.all(
    ['青禾便利', '¥50.00', '¥200.00'].map(async (text) => {
      const seen = phone.page.getByText(text, { exact: true })
      const box = await seen.boundingBox()
      expect((box?.y ?? 0) + (box?.height ?? 0), text).toBeLessThan(bar)
      return box?.height ?? 0
    }),
  )
  const heading = (await phone.heading('怎么停用').boundingBox())?.height ?? 0
  expect(Math.min(...sizes.slice(1))).toBeGreaterThan(heading)
})

test('the result stays until the payer leaves it, even after a quarter of an hour', async ({
  phone,
}) => {
  await phone.page.clock.install()
  await phone.sign(plan.vending)
  const place = phone.path()
  await phone.page.clock.runFor(15 * 60_000)
  expect(phone.path()).toBe(place)
  await expect(phone.heading('签约成功')).toBeVisible()
})

test('a plan with identity checks asks for the SMS code and the identity number and reports a wrong one', async ({
  phone,
}) => {
  await phone.openSigningPage(plan.fuel)
  await phone.page.getByRole('checkbox').check()
  await phone.button('同意并开通').tap()
  await expect(phone.page.getByText('短信验证码错误或已过期')).toBeVisible()
  await phone.button(/点此填入/).tap()
  await phone.page.getByLabel('身份证号后四位').fill('0000')
  await phone.button('同意并开通').tap()
  await expect(phone.page.getByText('身份证号后四位不正确')).toBeVisible()
  await phone.page.getByLabel('身份证号后四位').fill('1234')
  await phone.button('同意并开通').tap()
  await expect(phone.heading('签约成功')).toBeVisible()
})

test('a refusal shows 已取消签约, and the payer can still sign from there', async ({ phone }) => {
  await phone.openSigningPage(plan.vending)
  await phone.refuse()
  await expect(phone.heading('已取消签约')).toBeVisible()
  await phone.button('重新签约').tap()
  await expect(phone.consent).not.toBeChecked()
  await phone.signFromPlan()
})

test('an empty return shows 你还没有完成签约, and the payer can continue', async ({
  changeSwitches,
  phone,
}) => {
  await changeSwitches({ refuse_returns: 'nothing' })
  await phone.openSigningPage(plan.vending)
  await phone.refuse()
  await expect(phone.heading('你还没有完成签约')).toBeVisible()
  await phone.button('继续签约').tap()
  await phone.expectSigningPage()
  await phone.agree()
  await expect(phone.heading('签约成功')).toBeVisible()
})

test('a technical fault of the signing page shows 签约失败 with the code for support', async ({
  phone,
}) => {
  await phone.openSigningPage(plan.vending)
  await phone.button('模拟网络异常').tap()
  await expect(phone.heading('签约失败')).toBeVisible()
  await expect(phone.page.getByText('NG4000')).toBeVisible()
  await expect(phone.page.getByText('没有签约，也不会扣款。')).toBeVisible()
  await expect(phone.button('重新签约')).toBeVisible()
})

test('the back key on the signing page shows the unfinished signing, not a spinner, and the payer can continue', async ({
  phone,
}) => {
  await phone.openSigningPage(plan.vending)
  await phone.page.goBack()
  await expect(phone.heading('你还没有完成签约')).toBeVisible()
  expect(await phone.page.getByText('正在打开云闪付签约页').count()).toBe(0)
  await phone.button('继续签约').tap()
  await phone.expectSigningPage()
  await phone.agree()
  await expect(phone.heading('签约成功')).toBeVisible()
})

test('the back key and 取消 lead to the plan with an unticked box', async ({ phone }) => {
  await phone.openSigningPage(plan.vending)
  await phone.page.goBack()
  await phone.button('取消').tap()
  await expect(phone.heading('无人货柜开门即购')).toBeVisible()
  await expect(phone.consent).not.toBeChecked()
})

test('the back key after a success does not sign again, and the plan offers the contract', async ({
  phone,
  world,
}) => {
  await phone.sign(plan.vending)
  await expect.poll(() => phone.path()).toMatch(/^\/signings\//)
  await phone.page.goBack() // past UnionPay's used page
  await phone.button('查看签约').tap()
  await expect(phone.page.getByText('生效中')).toBeVisible()
  expect(
    (await world.control.contracts()).filter(({ user_id }) => user_id === phone.payer.wallet_user),
  ).toHaveLength(1)
})

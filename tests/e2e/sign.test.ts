import { expect, test } from '../browser/test.ts'
import { plan } from '../support/world.ts'

test('a person signs from the list of services, and sees the contract under 我的签约', async ({
  phone,
  world,
}) => {
  await phone.open()
  await phone.link(/无人货柜开门即购/).tap()
  await expect(phone.heading('无人货柜开门即购')).toBeVisible()
  await phone.signHere()
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
  expect(phone.complaints).toEqual([])
})

test('the consent box is empty at first, and the button explains what is missing', async ({
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
  expect(phone.place()).toBe(`/plans/${plan.vending}`)
  await phone.consent.check()
  await expect(phone.page.getByText('请先勾选同意，再签约。')).toHaveCount(0)
})

test('key terms stand before the button: who takes and how much at most in sight at once and largest, then which card and how to stop', async ({
  phone,
}) => {
  await phone.open(`/plans/${plan.vending}`)
  await expect(phone.heading('无人货柜开门即购')).toBeVisible()
  const order = await phone.page.evaluate(() =>
    [...document.querySelectorAll('main *')]
      .flatMap((one) => [...one.childNodes].filter(({ nodeType }) => nodeType === 3))
      .map((node) => node.textContent?.trim() ?? '')
      .filter((words) => words !== ''),
  )
  const places = [
    '青禾便利',
    '¥50.00',
    '¥200.00',
    '扣款顺序',
    '怎么停用',
    '我已阅读并同意',
    '去签约',
  ].map((words) => order.indexOf(words))
  expect(places).toEqual(places.toSorted((one, other) => one - other))
  expect(Math.min(...places)).toBeGreaterThanOrEqual(0)
  const bar = (await phone.page.locator('.bar').boundingBox())?.y ?? 0
  const sizes = await Promise.all(
    ['青禾便利', '¥50.00', '¥200.00'].map(async (words) => {
      const seen = phone.page.getByText(words, { exact: true })
      const box = await seen.boundingBox()
      expect((box?.y ?? 0) + (box?.height ?? 0), words).toBeLessThan(bar)
      return box?.height ?? 0
    }),
  )
  const heading = (await phone.heading('怎么停用').boundingBox())?.height ?? 0
  expect(Math.min(...sizes.slice(1))).toBeGreaterThan(heading)
})

test('the result stays until the person leaves it: a quarter of an hour later it is still there', async ({
  phone,
}) => {
  await phone.page.clock.install()
  await phone.sign(plan.vending)
  const place = phone.place()
  await phone.page.clock.runFor(15 * 60_000)
  expect(phone.place()).toBe(place)
  await expect(phone.heading('签约成功')).toBeVisible()
})

test('a plan that demands them: digits of the SMS and of the identity card are asked for, and a wrong one is told', async ({
  phone,
}) => {
  await phone.toSigningPage(plan.fuel)
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

test('refused: 已取消签约, and from there the person can sign after all', async ({ phone }) => {
  await phone.toSigningPage(plan.vending)
  await phone.refuse()
  await expect(phone.heading('已取消签约')).toBeVisible()
  await phone.button('重新签约').tap()
  await expect(phone.consent).not.toBeChecked()
  await phone.signHere()
})

test('sent back with nothing at all, which proves nothing: 你还没有完成签约, and the person can go on', async ({
  switchUntilEnd,
  phone,
}) => {
  await switchUntilEnd({ refuse_returns: 'nothing' })
  await phone.toSigningPage(plan.vending)
  await phone.refuse()
  await expect(phone.heading('你还没有完成签约')).toBeVisible()
  await phone.button('继续签约').tap()
  await phone.atSigningPage()
  await phone.agree()
  await expect(phone.heading('签约成功')).toBeVisible()
})

test('a technical fault of the signing page: 签约失败 with the code for support', async ({
  phone,
}) => {
  await phone.toSigningPage(plan.vending)
  await phone.button('模拟网络异常').tap()
  await expect(phone.heading('签约失败')).toBeVisible()
  await expect(phone.page.getByText('NG4000')).toBeVisible()
  await expect(phone.page.getByText('没有签约，也不会扣款。')).toBeVisible()
  await expect(phone.button('重新签约')).toBeVisible()
})

test('the back key on the signing page leads to the truth, not to a spinner, and the person can go on', async ({
  phone,
}) => {
  await phone.toSigningPage(plan.vending)
  await phone.page.goBack()
  await expect(phone.heading('你还没有完成签约')).toBeVisible()
  expect(await phone.page.getByText('正在打开云闪付签约页').count()).toBe(0)
  await phone.button('继续签约').tap()
  await phone.atSigningPage()
  await phone.agree()
  await expect(phone.heading('签约成功')).toBeVisible()
})

test('the back key, then 取消: the plan again, with an empty box', async ({ phone }) => {
  await phone.toSigningPage(plan.vending)
  await phone.page.goBack()
  await phone.button('取消').tap()
  await expect(phone.heading('无人货柜开门即购')).toBeVisible()
  await expect(phone.consent).not.toBeChecked()
})

test('the back key after a success does not sign again: the plan offers the contract', async ({
  phone,
  world,
}) => {
  await phone.sign(plan.vending)
  await expect.poll(() => phone.place()).toMatch(/^\/signings\//)
  await phone.page.goBack() // over UnionPay's page, which is used up
  await phone.button('查看签约').tap()
  await expect(phone.page.getByText('生效中')).toBeVisible()
  expect(
    (await world.control.contracts()).filter(({ user_id }) => user_id === phone.payer.wallet_user),
  ).toHaveLength(1)
})

import { expect, test } from '../browser/test.ts'
import type { Phone } from '../browser/phone.ts'
import { until } from '../support/until.ts'
import { plan, type World } from '../support/world.ts'

declare global {
  interface Window {
    /** a mark of this document, which a reload loses */
    kept_document?: boolean
  }
}

const minute = 60_000
const failApply = (
  world: World,
  phone: Phone,
  kind: 'timeout_after' | 'timeout_before',
  times = 1,
) =>
  world.control.addRule({
    interface: 'contract.apply',
    match: { user_id: phone.payer.wallet_user },
    effect: { kind },
    times,
  })
const contractsOf = async (world: World, phone: Phone) =>
  (await world.control.contracts()).filter(({ user_id }) => user_id === phone.payer.wallet_user)

const waitForQueries = (world: World, phone: Phone, times: number) =>
  until(
    `UnionPay was asked ${times} times`,
    async () =>
      (await world.calls('contract.info')).filter(
        ({ user_id }) => user_id === phone.payer.wallet_user,
      ).length === times,
  )

async function signWithoutResponse(phone: Phone): Promise<void> {
  await phone.openSigningPage(plan.vending)
  await phone.agree()
  await expect(phone.heading('签约处理中')).toBeVisible()
}

test('an apply that was done but not answered shows 处理中, then 签约成功 without a reload', async ({
  phone,
  world,
}) => {
  await failApply(world, phone, 'timeout_after')
  await signWithoutResponse(phone)
  await phone.page.evaluate(() => void (window.kept_document = true))
  await expect(phone.page.getByText(/最早 .* 更新结果/)).toBeVisible()
  expect(await phone.button('重新签约').count()).toBe(0)
  await world.advance(minute)
  await expect(phone.heading('签约成功')).toBeVisible()
  expect(await phone.page.evaluate(() => window.kept_document)).toBe(true)
  expect(await contractsOf(world, phone)).toHaveLength(1)
  await phone.button('查看签约').tap()
  await expect(phone.page.getByText('签约生效 · 向银联查询')).toBeVisible()
})

test('a second signing of the same plan is refused while the first is unresolved, with a link to the contracts', async ({
  phone,
  world,
}) => {
  await failApply(world, phone, 'timeout_after')
  await signWithoutResponse(phone)
  await phone.open(`/plans/${plan.vending}`)
  await phone.consent.check()
  await phone.button('去签约').tap()
  const refusal = phone.page.getByRole('alert').filter({ hasText: '上一次签约还在确认中' })
  await refusal.getByRole('link', { name: '我的签约' }).tap()
  await expect(phone.link(/无人货柜开门即购.*处理中/)).toBeVisible()
})

test('an apply that was never done shows 处理中, then 签约失败, and the payer can sign again', async ({
  phone,
  world,
}) => {
  await failApply(world, phone, 'timeout_before')
  await signWithoutResponse(phone)
  // the query may have overtaken the apply: only a second "not signed", more than five minutes
  // later, counts
  await world.advance(minute)
  await waitForQueries(world, phone, 1)
  await expect(phone.heading('签约处理中')).toBeVisible()
  await world.advance(6 * minute)
  await waitForQueries(world, phone, 2)
  await phone.button('刷新结果').tap()
  await expect(phone.heading('签约失败')).toBeVisible()
  await expect(phone.page.getByText('暂时联系不上银联，没有签约。')).toBeVisible()
  expect(await contractsOf(world, phone)).toEqual([])
  await phone.button('重新签约').tap()
  await phone.signFromPlan()
})

test('刷新结果 shows the result as soon as the server knows it', async ({ phone, world }) => {
  await failApply(world, phone, 'timeout_after')
  await signWithoutResponse(phone)
  await world.advance(minute)
  await waitForQueries(world, phone, 1)
  await phone.button('刷新结果').tap()
  await expect(phone.heading('签约成功')).toBeVisible()
})

test('a plan that is already signed at UnionPay (a40) takes over that contract and creates no second one', async ({
  world,
  openPhone,
}) => {
  const payer = await world.signedIn()
  const lost = await payer.sign(plan.vending)
  // our row is missing, as after a restore from an old backup
  await world.database.pool.query('delete from contract_history where contract_ref = $1', [
    lost.signing_id,
  ])
  await world.database.pool.query('delete from contracts where id = $1', [lost.signing_id])
  const phone = await openPhone(payer)
  await phone.openSigningPage(plan.vending)
  await expect(phone.page.getByText('你已经开通过这项服务')).toBeVisible()
  await phone.agree()
  await expect(phone.heading('签约成功')).toBeVisible()
  await phone.button('查看签约').tap()
  await expect(phone.page.getByText(lost.contract?.contract_id_masked ?? 'no number')).toBeVisible()
  expect(await contractsOf(world, phone)).toHaveLength(1)
})

test('the page of a signed plan offers the contract instead of a second signing', async ({
  phone,
}) => {
  await phone.sign(plan.vending)
  await phone.open(`/plans/${plan.vending}`)
  await expect(phone.page.getByRole('status').filter({ hasText: '你已签约这项服务' })).toBeVisible()
  expect(await phone.button('去签约').count()).toBe(0)
  await phone.button('查看签约').tap()
  await expect(phone.page.getByText('生效中')).toBeVisible()
})

test('a code that cannot be exchanged shows 签约失败, signs nothing and offers 重新签约', async ({
  phone,
  world,
}) => {
  await phone.openSigningPage(plan.vending)
  await world.control.addRule({
    interface: 'token',
    match: { user_id: phone.payer.wallet_user },
    effect: { kind: 'html' },
    times: 1,
  })
  await phone.agree()
  await expect(phone.heading('签约失败')).toBeVisible()
  await expect(phone.button('重新签约')).toBeVisible()
  expect(await contractsOf(world, phone)).toEqual([])
})

import { expect, test } from '../browser/test.ts'
import type { Phone } from '../browser/phone.ts'
import { until } from '../support/until.ts'
import { plan, type World } from '../support/world.ts'

declare global {
  interface Window {
    /** a reload would lose it */
    not_reloaded?: boolean
  }
}

const minute = 60_000
const faulty = (world: World, phone: Phone, kind: 'timeout_after' | 'timeout_before', times = 1) =>
  world.control.addRule({
    interface: 'contract.apply',
    match: { user_id: phone.payer.wallet_user },
    effect: { kind },
    times,
  })
const contractsOf = async (world: World, phone: Phone) =>
  (await world.control.contracts()).filter(({ user_id }) => user_id === phone.payer.wallet_user)

const askedTimes = (world: World, phone: Phone, times: number) =>
  until(
    `UnionPay was asked ${times} times`,
    async () =>
      (await world.calls('contract.info')).filter(
        ({ user_id }) => user_id === phone.payer.wallet_user,
      ).length === times,
  )

async function signIntoSilence(phone: Phone): Promise<void> {
  await phone.toSigningPage(plan.vending)
  await phone.agree()
  await expect(phone.heading('签约处理中')).toBeVisible()
}

test('apply is done but never answered: 处理中, then 签约成功 on the same page, without a reload', async ({
  phone,
  world,
}) => {
  await faulty(world, phone, 'timeout_after')
  await signIntoSilence(phone)
  await phone.page.evaluate(() => void (window.not_reloaded = true))
  await expect(phone.page.getByText(/最早 .* 会有新结果/)).toBeVisible()
  expect(await phone.button('重新签约').count()).toBe(0)
  await world.advance(minute)
  await expect(phone.heading('签约成功')).toBeVisible()
  expect(await phone.page.evaluate(() => window.not_reloaded)).toBe(true)
  expect(await contractsOf(world, phone)).toHaveLength(1)
  await phone.button('查看签约').tap()
  await expect(phone.page.getByText('签约生效 · 向银联查询所得')).toBeVisible()
})

test('meanwhile a second signing of the same plan is refused, and points to the contracts', async ({
  phone,
  world,
}) => {
  await faulty(world, phone, 'timeout_after')
  await signIntoSilence(phone)
  await phone.open(`/plans/${plan.vending}`)
  await phone.consent.check()
  await phone.button('去签约').tap()
  const refusal = phone.page.getByRole('alert').filter({ hasText: '上一次签约还在确认中' })
  await refusal.getByRole('link', { name: '我的签约' }).tap()
  await expect(phone.link(/无人货柜开门即购.*处理中/)).toBeVisible()
})

test('apply never happened: 处理中, then 签约失败 without a contract, and the person can sign again', async ({
  phone,
  world,
}) => {
  await faulty(world, phone, 'timeout_before')
  await signIntoSilence(phone)
  // one "not signed" may have overtaken the apply: only a second one, more than five minutes later, is believed
  await world.advance(minute)
  await askedTimes(world, phone, 1)
  await expect(phone.heading('签约处理中')).toBeVisible()
  await world.advance(6 * minute)
  await askedTimes(world, phone, 2)
  await phone.button('刷新结果').tap()
  await expect(phone.heading('签约失败')).toBeVisible()
  await expect(phone.page.getByText('暂时联系不上银联，没有签约。')).toBeVisible()
  expect(await contractsOf(world, phone)).toEqual([])
  await phone.button('重新签约').tap()
  await phone.signHere()
})

test('刷新结果 shows the result as soon as the server knows it', async ({ phone, world }) => {
  await faulty(world, phone, 'timeout_after')
  await signIntoSilence(phone)
  await world.advance(minute)
  await askedTimes(world, phone, 1)
  await phone.button('刷新结果').tap()
  await expect(phone.heading('签约成功')).toBeVisible()
})

test('already signed at UnionPay (a40): its contract is taken over, no second one made', async ({
  world,
  openPhone,
}) => {
  const payer = await world.signedIn()
  const lost = await payer.sign(plan.vending)
  // our row is lost, as after a restore from an old backup
  await world.database.pool.query('delete from contract_history where contract_ref = $1', [
    lost.signing_id,
  ])
  await world.database.pool.query('delete from contracts where id = $1', [lost.signing_id])
  const phone = await openPhone(payer)
  await phone.toSigningPage(plan.vending)
  await expect(phone.page.getByText('你已经开通过这项服务')).toBeVisible()
  await phone.agree()
  await expect(phone.heading('签约成功')).toBeVisible()
  await phone.button('查看签约').tap()
  await expect(phone.page.getByText(lost.contract?.contract_id_masked ?? 'no number')).toBeVisible()
  expect(await contractsOf(world, phone)).toHaveLength(1)
})

test('already signed here: the plan offers the contract instead of a second signing', async ({
  phone,
}) => {
  await phone.sign(plan.vending)
  await phone.open(`/plans/${plan.vending}`)
  await expect(phone.page.getByRole('status').filter({ hasText: '你已签约这项服务' })).toBeVisible()
  expect(await phone.button('去签约').count()).toBe(0)
  await phone.button('查看签约').tap()
  await expect(phone.page.getByText('生效中')).toBeVisible()
})

test('the code cannot be exchanged: 签约失败, nothing was signed, and again is offered', async ({
  phone,
  world,
}) => {
  await phone.toSigningPage(plan.vending)
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

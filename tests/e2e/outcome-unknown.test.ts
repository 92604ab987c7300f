import { expect, test } from 'vitest'
import type { Phone } from '../support/phone.ts'
import { setStage } from '../support/stage.ts'
import { until } from '../support/until.ts'
import { plan } from '../support/world.ts'

const stage = setStage()

const minute = 60_000
const faulty = (phone: Phone, kind: 'timeout_after' | 'timeout_before', times = 1) =>
  stage.world.control.addRule({
    interface: 'contract.apply',
    match: { user_id: phone.payer.wallet_user },
    effect: { kind },
    times,
  })
const contractsOf = async (phone: Phone) =>
  (await stage.world.control.contracts()).filter(
    ({ user_id }) => user_id === phone.payer.wallet_user,
  )

const askedTimes = (phone: Phone, times: number) =>
  until(
    `UnionPay was asked ${times} times`,
    async () =>
      (await stage.world.calls('contract.info')).filter(
        ({ user_id }) => user_id === phone.payer.wallet_user,
      ).length === times,
  )

async function signIntoSilence(phone: Phone): Promise<void> {
  await phone.toSigningPage(plan.vending)
  await phone.agree()
  await phone.heading('签约处理中').waitFor()
}

test('apply is done but never answered: 处理中, then 签约成功 on the same page, without a reload', async () => {
  const phone = await stage.phone()
  await faulty(phone, 'timeout_after')
  await signIntoSilence(phone)
  await phone.page.evaluate('window.notReloaded = true')
  await phone.page.getByText(/最早 .* 会有新结果/).waitFor()
  expect(await phone.button('重新签约').count()).toBe(0)
  await stage.world.advance(minute)
  await phone.heading('签约成功').waitFor()
  expect(await phone.page.evaluate('window.notReloaded')).toBe(true)
  expect(await contractsOf(phone)).toHaveLength(1)
  await phone.button('查看签约').tap()
  await phone.page.getByText('签约生效 · 向银联查询所得').waitFor()
})

test('meanwhile a second signing of the same plan is refused, and points to the contracts', async () => {
  const phone = await stage.phone()
  await faulty(phone, 'timeout_after')
  await signIntoSilence(phone)
  await phone.open(`/plans/${plan.vending}`)
  await phone.consent.check()
  await phone.button('去签约').tap()
  const refusal = phone.page.getByRole('alert').filter({ hasText: '上一次签约还在确认中' })
  await refusal.getByRole('link', { name: '我的签约' }).tap()
  await phone.link(/无人货柜开门即购.*处理中/).waitFor()
})

test('apply never happened: 处理中, then 签约失败 without a contract, and the person can sign again', async () => {
  const phone = await stage.phone()
  await faulty(phone, 'timeout_before')
  await signIntoSilence(phone)
  // one "not signed" may have overtaken the apply: only a second one, more than five minutes later, is believed
  await stage.world.advance(minute)
  await askedTimes(phone, 1)
  await phone.heading('签约处理中').waitFor()
  await stage.world.advance(6 * minute)
  await askedTimes(phone, 2)
  await phone.button('刷新结果').tap()
  await phone.heading('签约失败').waitFor()
  await phone.page.getByText('暂时联系不上银联，没有签约。').waitFor()
  expect(await contractsOf(phone)).toEqual([])
  await phone.button('重新签约').tap()
  await phone.signHere()
})

test('刷新结果 shows the result as soon as the server knows it', async () => {
  const phone = await stage.phone()
  await faulty(phone, 'timeout_after')
  await signIntoSilence(phone)
  await stage.world.advance(minute)
  await askedTimes(phone, 1)
  await phone.button('刷新结果').tap()
  await phone.heading('签约成功').waitFor()
})

test('already signed at UnionPay (a40): its contract is taken over, no second one made', async () => {
  const payer = await stage.world.signedIn()
  const lost = await payer.sign(plan.vending)
  // our row is lost, as after a restore from an old backup
  await stage.world.database.pool.query('delete from contract_history where contract_ref = $1', [
    lost.signing_id,
  ])
  await stage.world.database.pool.query('delete from contracts where id = $1', [lost.signing_id])
  const phone = await stage.phone(payer)
  await phone.toSigningPage(plan.vending)
  await phone.page.getByText('你已经开通过这项服务').waitFor()
  await phone.agree()
  await phone.heading('签约成功').waitFor()
  await phone.button('查看签约').tap()
  await phone.page.getByText(lost.contract?.contract_id_masked ?? 'no number').waitFor()
  expect(await contractsOf(phone)).toHaveLength(1)
})

test('already signed here: the plan offers the contract instead of a second signing', async () => {
  const phone = await stage.phone()
  await phone.sign(plan.vending)
  await phone.open(`/plans/${plan.vending}`)
  await phone.page.getByRole('status').filter({ hasText: '你已签约这项服务' }).waitFor()
  expect(await phone.button('去签约').count()).toBe(0)
  await phone.button('查看签约').tap()
  await phone.page.getByText('生效中').waitFor()
})

test('the code cannot be exchanged: 签约失败, nothing was signed, and again is offered', async () => {
  const phone = await stage.phone()
  await phone.toSigningPage(plan.vending)
  await stage.world.control.addRule({
    interface: 'token',
    match: { user_id: phone.payer.wallet_user },
    effect: { kind: 'html' },
    times: 1,
  })
  await phone.agree()
  await phone.heading('签约失败').waitFor()
  await phone.button('重新签约').waitFor()
  expect(await contractsOf(phone)).toEqual([])
})

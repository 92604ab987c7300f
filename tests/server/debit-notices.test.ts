import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ComingDebitView, DebitNoticeView } from '../../server/api.ts'
import { orderNo, refusal, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { plan } from '../support/world.ts'

const day_ms = 86_400_000

let world: ChargingWorld
beforeAll(async () => {
  world = await startChargingWorld()
})
afterAll(() => world.stop())

const passDays = (days: number, inside: ChargingWorld = world): Promise<void> =>
  inside.advance(days * day_ms)

/** The Shanghai day in this many days. */
const dayIn = (days: number): string =>
  new Date(world.app.charges.clock.now().getTime() + 8 * 3_600_000 + days * day_ms)
    .toISOString()
    .slice(0, 10)

const announcement = (days: number, amount_fen = 1500) => ({
  debit_on: dayIn(days),
  amount_fen,
  description: '12 月会员',
  way_to_cancel: '本页“关闭免密支付”，随时可关',
})

const announce = async (contract: string, body: object) =>
  (
    await world.merchant.call<DebitNoticeView>(
      'POST',
      `/v1/contracts/${contract}/debit-notices`,
      body,
    )
  ).view
const coming = async (payer: {
  call<T>(method: string, path: string, body?: unknown): Promise<T>
}) =>
  (await payer.call<{ coming_debits: ComingDebitView[] }>('GET', '/api/coming-debits'))
    .coming_debits

describe('a coming debit', () => {
  test('is announced five days before, shown to its payer alone, and recorded as it was shown', async () => {
    const { payer, contract } = await world.signed(plan.membership)
    const stranger = await world.signedIn()
    const notice = await announce(contract, announcement(5))
    expect(notice).toMatchObject({
      contract,
      kind: 'renewal',
      previous_amount_fen: null,
      debit_on: dayIn(5),
      deliveries: [],
    })
    expect(await coming(payer)).toMatchObject([
      {
        id: notice.id,
        amount_fen: 1500,
        plan_title: '月度会员自动续期',
        way_to_cancel: '本页“关闭免密支付”，随时可关',
      },
    ])
    expect(await coming(stranger)).toEqual([])
    expect(await refusal(stranger.call('POST', `/api/coming-debits/${notice.id}/seen`, {}))).toBe(
      'not_found',
    )
    for (let time = 0; time < 2; time++)
      await payer.call('POST', `/api/coming-debits/${notice.id}/seen`, {})
    await world.merchant.call('POST', `/v1/debit-notices/${notice.id}/deliveries`, {
      channel: 'sms',
      proof: 'SMS-77',
    })
    const { view } = await world.merchant.call<DebitNoticeView>(
      'GET',
      `/v1/debit-notices/${notice.id}`,
    )
    expect(view.deliveries.map(({ channel, proof }) => [channel, proof])).toEqual([
      ['mini_app', null],
      ['sms', 'SMS-77'],
    ])
  })

  test('is announced once: a repeat gives the same notice, another content is refused until the first is withdrawn', async () => {
    const { payer, contract } = await world.signed(plan.membership)
    const first = await announce(contract, announcement(6))
    expect((await announce(contract, announcement(6))).id).toBe(first.id)
    expect(await refusal(announce(contract, announcement(6, 1200)))).toBe('debit_notice_exists')
    await world.merchant.call('POST', `/v1/debit-notices/${first.id}/withdrawal`, {})
    expect(await coming(payer)).toEqual([])
    expect((await announce(contract, announcement(6, 1200))).id).not.toBe(first.id)
    const { view } = await world.merchant.call<{ debit_notices: DebitNoticeView[] }>(
      'GET',
      `/v1/debit-notices?contract=${contract}`,
    )
    expect(view.debit_notices.map(({ withdrawn_at }) => withdrawn_at === null)).toEqual([
      true,
      false,
    ])
  })

  test('refuses a day that is too near or invalid, an amount above the limit and a contract that has ended', async () => {
    const { payer, contract } = await world.signed(plan.membership)
    expect(await refusal(announce(contract, announcement(4)))).toBe('debit_notice_too_late')
    expect(await refusal(announce(contract, { ...announcement(6), debit_on: '2026-02-30' }))).toBe(
      'bad_request',
    )
    expect(await refusal(announce(contract, announcement(6, 1501)))).toBe('over_single_limit')
    await announce(contract, announcement(6))
    await payer.terminate(contract)
    expect(await coming(payer)).toEqual([])
    expect(await refusal(announce(contract, announcement(7)))).toBe('contract_not_active')
  })

  test('with another amount than the last debit is announced as a change of price', async () => {
    const { contract, want } = await world.signed(plan.membership)
    await world.merchant.settled((await world.merchant.charge(want(1200))).order_id)
    expect(await announce(contract, announcement(30, 1500))).toMatchObject({
      kind: 'price_change',
      previous_amount_fen: 1200,
    })
    expect(await announce(contract, announcement(31, 1200))).toMatchObject({
      kind: 'renewal',
      previous_amount_fen: null,
    })
  })
})

describe('a renewal without an announcement', () => {
  test('is charged with an alarm by the rule `record`; the first debit of a contract requires no announcement', async () => {
    const { want } = await world.signed(plan.membership)
    const alarms = () => world.log.filter((line) => line.includes('debit_not_announced')).length
    const before = alarms()
    await world.merchant.settled((await world.merchant.charge(want(700))).order_id)
    expect(alarms()).toBe(before)
    await world.merchant.settled((await world.merchant.charge(want(700))).order_id)
    expect(alarms()).toBe(before + 1)
  })

  test('is refused by the rule `refuse`; each announcement covers one debit, from its day on, up to its amount', async () => {
    const strict = await startChargingWorld({ env: { DEBIT_NOTICE_RULE: 'refuse' } })
    try {
      const { contract, want } = await strict.signed(plan.membership)
      const charge = async (amount_fen: number) =>
        strict.merchant.settled((await strict.merchant.charge(want(amount_fen))).order_id)
      await charge(1000)
      expect(await refusal(strict.merchant.send(want(500)))).toBe('debit_not_announced')
      const today = strict.app.charges.clock.now().getTime() + 8 * 3_600_000
      await strict.merchant.call('POST', `/v1/contracts/${contract}/debit-notices`, {
        ...announcement(0),
        debit_on: new Date(today + 5 * day_ms).toISOString().slice(0, 10),
        amount_fen: 500,
      })
      await passDays(4, strict)
      expect(await refusal(strict.merchant.send(want(500)))).toBe('debit_not_announced')
      await passDays(1, strict)
      expect(await refusal(strict.merchant.send(want(501)))).toBe('debit_not_announced')
      expect(await charge(500)).toMatchObject({ state: 'succeeded' })
      expect(await refusal(strict.merchant.send(want(500)))).toBe('debit_not_announced')
    } finally {
      await strict.stop()
    }
  })
})

test('the evidence is a table of debits with the notice of each, safe to open in a spreadsheet', async () => {
  const { contract, want } = await world.signed(plan.membership)
  await world.merchant.settled((await world.merchant.charge(want(1500))).order_id)
  await announce(contract, { ...announcement(5), way_to_cancel: '=1+1, "随时"' })
  await passDays(5)
  const debit = await world.merchant.settled(
    (await world.merchant.charge(want(1500, { merchant_order_no: orderNo() }))).order_id,
  )
  await passDays(1)
  await world.merchant.settled(
    (await world.merchant.charge(want(100, { merchant_order_no: orderNo() }))).order_id,
  )
  await announce(contract, announcement(5, 1000))
  await passDays(5)
  await world.merchant.settled(
    (await world.merchant.charge(want(1200, { merchant_order_no: orderNo() }))).order_id,
  )
  const answer = await fetch(
    `${world.url}/v1/debit-notices/proof?from=${dayIn(-12)}&to=${dayIn(0)}`,
    { headers: { authorization: `Bearer ${await world.key(['read'], [plan.membership])}` } },
  )
  expect(answer.headers.get('content-type')).toContain('text/csv')
  const lines = (await answer.text()).trimEnd().split('\r\n')
  const mine = lines.filter((line) => line.includes(contract))
  expect(mine).toHaveLength(4)
  expect(mine.find((line) => line.startsWith(debit.order_id))).toMatch(
    new RegExp(`,renewal,1500,${dayIn(-6)},[^,]+,5,"'=1\\+1, ""随时""",$`),
  )
  // the first needs none, the second has used up the notice, the last exceeds the announced amount
  for (const line of mine.filter((one) => !one.startsWith(debit.order_id)))
    expect(line).toMatch(/,,,,,,,$/)
})

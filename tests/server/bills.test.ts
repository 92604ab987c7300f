import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BillMonth, BillSummary } from '../../server/api.ts'
import {
  bill,
  bills,
  refusal,
  startChargingWorld,
  type ChargingWorld,
} from '../support/charging.ts'
import type { Payer } from '../support/payer.ts'
import { until } from '../support/until.ts'
import { plan } from '../support/world.ts'

let world: ChargingWorld
beforeAll(async () => {
  world = await startChargingWorld()
})
afterAll(() => world.stop())

const summary = (payer: Payer, query = ''): Promise<BillSummary> =>
  payer.call('GET', `/api/bills/summary${query}`)
const months = async (payer: Payer, query = ''): Promise<BillMonth[]> =>
  (await payer.call<{ months: BillMonth[] }>('GET', `/api/bills/months${query}`)).months
const givenBack = (payer: Payer, order_id: string) =>
  until('the money is back', async () => (await bill(payer, order_id)).refunded_fen > 0)

/** Two contracts of one payer: drinks, one of them partly refunded and one declined, and a ride. */
async function household() {
  const { payer, want, contract } = await world.signed()
  const metro = await payer.sign(plan.metro)
  const metro_contract = metro.contract?.id ?? ''
  await world.gateway.addRule({
    match: { amount_fen: 1_964 },
    effect: { kind: 'outcome', resp: '64' },
  })
  const drinks = [
    await world.merchant.charge(want(350)),
    await world.merchant.charge(want(4_900)),
    await world.merchant.charge(want(1_964)),
  ]
  const ride = await world.merchant.charge(
    want(1_630, { contract: metro_contract, description: '地铁' }),
  )
  for (const { order_id } of [...drinks, ride]) await world.merchant.settled(order_id)
  await world.merchant.refund(drinks[1]?.order_id ?? '', 900)
  await givenBack(payer, drinks[1]?.order_id ?? '')
  return { payer, want, contract, metro_contract }
}

describe('the bills of a payer', () => {
  test('are summed up by month and by plan, net of refunds; declined ones are counted, not added', async () => {
    const { payer, contract, metro_contract } = await household()
    const drinks = { count: 3, paid_fen: 5_250, refunded_fen: 900, net_fen: 4_350, pending_fen: 0 }
    const rides = { count: 1, paid_fen: 1_630, refunded_fen: 0, net_fen: 1_630, pending_fen: 0 }
    const all = { count: 4, paid_fen: 6_880, refunded_fen: 900, net_fen: 5_980, pending_fen: 0 }
    expect(await summary(payer)).toEqual({
      month: null,
      ...all,
      scenarios: [
        { scenario: 'transport', ...rides },
        { scenario: 'retail', ...drinks },
      ],
    })
    const [{ month } = { month: '' }, ...older] = await months(payer)
    expect(older).toEqual([])
    expect(await months(payer)).toEqual([{ month, ...all }])
    expect(await summary(payer, `?month=${month}`)).toMatchObject({ month, ...all })
    expect(await summary(payer, '?month=2020-01')).toEqual({
      month: '2020-01',
      count: 0,
      paid_fen: 0,
      refunded_fen: 0,
      net_fen: 0,
      pending_fen: 0,
      scenarios: [],
    })
    expect(await months(payer, `?contract=${metro_contract}`)).toEqual([{ month, ...rides }])
    expect(await summary(payer, `?contract=${contract}`)).toMatchObject(drinks)
    expect(
      (await bills(payer, `?contract=${metro_contract}`)).bills.map(
        ({ description }) => description,
      ),
    ).toEqual(['地铁'])
    const stranger = await world.signedIn()
    expect(await summary(stranger, `?contract=${contract}`)).toMatchObject({
      count: 0,
      scenarios: [],
    })
    expect(await months(stranger)).toEqual([])
    expect((await bills(stranger, `?contract=${contract}`)).bills).toEqual([])
  })

  test('that are pending count as pending money, and a month is Shanghai’s', async () => {
    const { payer, want } = await world.signed()
    await world.gateway.addRule({
      match: { amount_fen: 1_777 },
      effect: { kind: 'timeout_before' },
    })
    const { order_id } = await world.merchant.charge(want(1_777))
    expect(await summary(payer)).toMatchObject({
      count: 1,
      paid_fen: 0,
      net_fen: 0,
      pending_fen: 1_777,
    })
    expect(await bill(payer, order_id)).toMatchObject({
      state: 'pending',
      waits_for: 'notification',
      advice: null,
    })
    // one minute to midnight on the last of the month in Shanghai is 16:00 UTC
    await world.database.pool.query(
      "update charges set accepted_on = '2026-10-31' where order_id = $1",
      [order_id],
    )
    expect((await bills(payer, '?month=2026-10')).bills).toHaveLength(1)
    expect((await bills(payer, '?month=2026-11')).bills).toEqual([])
    expect((await months(payer)).map(({ month }) => month)).toEqual(['2026-10'])
  })

  test('are listed in pages without a gap or a repeat, and the last page says that it is the last', async () => {
    const { payer, contract } = await world.paid()
    // forty rows like the paid one, each a minute older
    await world.database.pool.query(
      `insert into charges (order_id, contract_ref, plan_id, merchant_no, merchant_order_no, amount_fen, description, txn_time, accepted_at, accepted_on, profile_digest, state, settled_at)
       select '00000000000000000000000' || lpad(n::text, 3, '0'), contract_ref, plan_id, merchant_no, 'OLD-' || n, 100 + n, description, txn_time, accepted_at - n * interval '1 minute', accepted_on, profile_digest, 'succeeded', settled_at
         from charges, generate_series(1, 39) n where contract_ref = $1`,
      [contract],
    )
    const first = await bills(payer)
    const second = await bills(payer, `?cursor=${first.next_cursor}`)
    expect([first.bills.length, second.bills.length, second.next_cursor]).toEqual([20, 20, null])
    expect(new Set([...first.bills, ...second.bills].map(({ order_id }) => order_id)).size).toBe(40)
  })
})

describe('a bill shows the payer', () => {
  test.each([
    ['64', 'top_up'],
    ['73', 'change_card'],
    ['63', 'ask_bank'],
    ['33', 'over_limit'],
    ['10', 'ask_merchant'],
  ])('what to do after code %s: %s', async (resp, advice) => {
    const { payer, want } = await world.signed()
    const amount_fen = 2_000 + Number(resp)
    await world.gateway.addRule({ match: { amount_fen }, effect: { kind: 'outcome', resp } })
    const { order_id } = await world.merchant.charge(want(amount_fen))
    await world.merchant.settled(order_id)
    const shown = await bill(payer, order_id)
    expect(shown).toMatchObject({ state: 'failed', advice, waits_for: null })
    expect(shown.history.map((entry) => [entry.step, entry.source, entry.advice])).toEqual([
      ['asked', 'merchant', null],
      ['declined', 'notification', advice],
    ])
  })

  test('the final result of a manual review, and that nothing is left to do', async () => {
    const { payer, want } = await world.signed()
    await world.gateway.addRule({
      match: { amount_fen: 2_999 },
      effect: { kind: 'timeout_before' },
    })
    const { order_id } = await world.merchant.charge(want(2_999))
    await world.database.pool.query(
      "update charges set waits_for = 'manual_review', due_at = null where order_id = $1",
      [order_id],
    )
    const resolver = await world.key(['read', 'resolve'])
    const answer = await fetch(`${world.url}/v1/charges/${order_id}/resolution`, {
      method: 'POST',
      headers: { authorization: `Bearer ${resolver}`, 'content-type': 'application/json' },
      body: JSON.stringify({ decision: 'not_paid', author: '王会计' }),
    })
    expect(answer.status).toBe(200)
    expect(await bill(payer, order_id)).toMatchObject({
      state: 'failed',
      explanation: '经商户人工核实，没有扣款。',
      advice: 'nothing',
      history: [{ step: 'asked' }, { step: 'found_unpaid', source: 'operator', advice: null }],
    })
  })

  test('nothing when it belongs to another user', async () => {
    const { charge } = await world.paid()
    expect(await refusal(bill(await world.signedIn(), charge.order_id))).toBe('not_found')
  })
})

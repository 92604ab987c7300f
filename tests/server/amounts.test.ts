import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BillMonth, BillSummary, ConsoleChargeView } from '../../server/api.ts'
import { bills, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { createOperator, type ConsoleOperator } from '../support/operator.ts'
import type { Payer } from '../support/payer.ts'

/**
 * Every combination of a charge and its refunds, each in a month of its own: every view of it shows
 * the same amounts.
 */
let world: ChargingWorld
let anna: ConsoleOperator
beforeAll(async () => {
  world = await startChargingWorld({ jobs: false })
  anna = await createOperator(world.url, world.database, 'anna', 'viewer')
  await anna.signIn()
})
afterAll(() => world.stop())

type Row = { state: 'pending' | 'succeeded' | 'failed'; review: string | null }
const states = ['pending', 'succeeded', 'failed'] as const
const charges: Row[] = states.flatMap((state) =>
  [null, 'failed_after_success', 'paid_twice'].map((review) => ({
    state,
    review,
  })),
)
const kinds: Row[] = [
  { state: 'pending', review: null },
  { state: 'succeeded', review: null },
  { state: 'succeeded', review: 'failed_after_success' },
  { state: 'failed', review: null },
  { state: 'failed', review: 'succeeded_after_failure' },
]
/** None, each alone, and each beside another. */
const refund_sets: Row[][] = [
  [],
  ...kinds.map((one) => [one]),
  ...kinds.flatMap((one, at) => kinds.slice(at + 1).map((other) => [one, other])),
]
const amount_fen = 1_000
const refund_fens = [300, 200]

type Case = { charge: Row; refunds: Row[]; order_id: string; month: string }
const cases: Case[] = charges
  .flatMap((charge) => refund_sets.map((refunds) => ({ charge, refunds })))
  .map((one, at) => ({
    ...one,
    order_id: `0000000000000000000000${String(at).padStart(4, '0')}`,
    month: `${2006 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`,
  }))

/** The meaning of the rows, computed here independently of the product. */
function moneyOf({ charge, refunds }: Case) {
  const sum = (is: (refund: Row) => boolean): number =>
    refunds.reduce((fen, refund, at) => fen + (is(refund) ? (refund_fens[at] ?? 0) : 0), 0)
  const gone_fen = sum(({ state }) => state === 'succeeded')
  const going_fen = sum(
    ({ state, review }) => state === 'pending' || (state === 'failed' && !!review),
  )
  const is_paid = charge.state === 'succeeded' && charge.review === null
  const is_open = charge.state === 'pending' || charge.review !== null
  return {
    gone_fen,
    going_fen,
    left_fen: is_paid ? amount_fen - gone_fen - going_fen : 0,
    totals: {
      count: 1,
      paid_fen: is_paid ? amount_fen : 0,
      refunded_fen: is_paid ? gone_fen : 0,
      net_fen: is_paid ? amount_fen - gone_fen : 0,
      pending_fen: is_open ? amount_fen : 0,
    },
  }
}

/** All rows in two statements. */
async function write(like: string): Promise<void> {
  const { pool } = world.database
  const column = (of: (one: Case) => unknown): unknown[] => cases.map(of)
  await pool.query(
    `insert into charges (order_id, contract_ref, plan_id, merchant_no, merchant_order_no, amount_fen, description, txn_time, accepted_at, accepted_on, profile_digest, state, needs_review, review_reason)
     select n.order_id, contract_ref, plan_id, merchant_no, 'CASE-' || n.order_id, ${amount_fen}, description, txn_time, (n.month || '-15')::date, (n.month || '-15')::date, profile_digest, n.state, n.review is not null, n.review
       from charges, unnest($1::text[], $2::text[], $3::text[], $4::text[]) as n (order_id, month, state, review) where charges.order_id = $5`,
    [
      column(({ order_id }) => order_id),
      column(({ month }) => month),
      column(({ charge }) => charge.state),
      column(({ charge }) => charge.review),
      like,
    ],
  )
  const back = cases.flatMap(({ order_id, refunds }) =>
    refunds.map((refund, at) => ({
      ...refund,
      charge: order_id,
      id: `${at + 1}${order_id.slice(1)}`,
      fen: refund_fens[at],
    })),
  )
  await pool.query(
    `insert into refunds (order_id, charge_ref, kind, merchant_no, amount_fen, description, txn_time, profile_digest, state, needs_review, review_reason)
     select n.id, n.charge, 'refund', merchant_no, n.fen, description, txn_time, profile_digest, n.state, n.review is not null, n.review
       from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[]) as n (id, charge, fen, state, review) join charges on charges.order_id = n.charge`,
    [
      back.map(({ id }) => id),
      back.map(({ charge }) => charge),
      back.map(({ fen }) => fen),
      back.map(({ state }) => state),
      back.map(({ review }) => review),
    ],
  )
}

/** Every page of a list. */
async function allOf<One>(
  read: (cursor: string) => Promise<{ list: One[]; next_cursor: string | null }>,
): Promise<One[]> {
  const all: One[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { list: One[]; next_cursor: string | null } = await read(
      cursor === '' ? '' : `&cursor=${cursor}`,
    )
    all.push(...page.list)
    cursor = page.next_cursor
  }
  return all
}

test('bill, month, summary, API and console show the same amounts of a charge, whatever its state, review and refunds', async () => {
  const { payer, contract, charge } = await world.paid()
  await write(charge.order_id)
  const { months } = await payer.call<{ months: BillMonth[] }>('GET', '/api/bills/months')
  const shown = await allOf(async (cursor) => {
    const { bills: list, next_cursor } = await bills(payer, `?contract=${contract}${cursor}`)
    return { list, next_cursor }
  })
  const in_api = await allOf(async (cursor) => {
    const { charges: list, next_cursor } = await world.merchant.list(
      `?contract=${contract}&limit=100${cursor}`,
    )
    return { list, next_cursor }
  })
  expect([months, shown, in_api].map(({ length }) => length)).toEqual(
    [1, 1, 1].map((one) => cases.length + one),
  )
  for (const one of cases) {
    const { gone_fen, going_fen, totals } = moneyOf(one)
    const name = JSON.stringify(one)
    const is = { order_id: one.order_id, amount_fen, state: one.charge.state }
    const { month, order_id } = one
    expect(
      months.find((of) => of.month === month),
      name,
    ).toEqual({ month, ...totals })
    expect(
      shown.find((of) => of.order_id === order_id),
      name,
    ).toMatchObject({
      ...is,
      in_review: one.charge.review !== null,
      net_fen: totals.net_fen,
      refunded_fen: gone_fen,
      refunding_fen: going_fen,
    })
    expect(
      in_api.find((of) => of.order_id === order_id),
      name,
    ).toMatchObject({
      ...is,
      needs_review: one.charge.review !== null,
      review_reason: one.charge.review,
      refunded_fen: gone_fen,
    })
  }
  const { pending_fen, net_fen } = await payer.call<BillSummary>('GET', '/api/bills/summary')
  const sum = (of: 'pending_fen' | 'net_fen'): number =>
    cases.reduce((fen, one) => fen + moneyOf(one).totals[of], 0)
  expect([pending_fen, net_fen]).toEqual([sum('pending_fen'), sum('net_fen') + charge.amount_fen])
  await compareOne(payer)
})

/** The values that are requested one at a time: the charges that succeeded. */
async function compareOne(payer: Payer): Promise<void> {
  for (const one of cases.filter(({ charge }) => charge.state === 'succeeded')) {
    const { left_fen, totals } = moneyOf(one)
    const name = JSON.stringify(one)
    const { scenarios, ...summary } = await payer.call<BillSummary>(
      'GET',
      `/api/bills/summary?month=${one.month}`,
    )
    expect(summary, name).toEqual({ month: one.month, ...totals })
    expect(scenarios, name).toEqual([{ scenario: 'retail', ...totals }])
    const { refundable_fen } = await anna.call<ConsoleChargeView>('GET', `/charges/${one.order_id}`)
    expect(refundable_fen, name).toBe(left_fen)
  }
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PaymentProbe } from '../../sandbox/gateway/probe.ts'
import type { GatewayEffect } from '../../sandbox/gateway/rules.ts'
import { startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { scrape } from '../support/metrics.ts'
import { until } from '../support/until.ts'
import { freePort } from '../support/world.ts'

let world: ChargingWorld
let lenient: ChargingWorld
let metrics_port: number
beforeAll(async () => {
  metrics_port = await freePort()
  world = await startChargingWorld({ env: { METRICS_PORT: String(metrics_port) } })
  lenient = await startChargingWorld({ env: { NOTIFICATION_REQUIRED_FIELDS: 'none' } })
}, 120_000)
afterAll(() => Promise.all([world.stop(), lenient.stop()]))

const kinds = ['charge', 'refund', 'cancel'] as const
type Kind = (typeof kinds)[number]
let amounts = 2_000

/** An order that UnionPay accepted and does not notify. */
async function pendingOrder(
  kind: Kind,
  effect: Partial<GatewayEffect> = {},
  of = world,
): Promise<string> {
  const amount_fen = (amounts += 1)
  const addRule = () =>
    of.gateway.addRule({
      match: { transaction: kind, amount_fen },
      effect: { kind: 'plain', notice: 'never', book_after_ms: null, ...effect },
    })
  if (kind === 'charge') {
    const { want } = await of.signed()
    await addRule()
    return (await of.merchant.charge(want(amount_fen))).order_id
  }
  const { charge } = await of.paid(amount_fen)
  await addRule()
  const requestRefund = kind === 'refund' ? of.merchant.refund : of.merchant.cancel
  return (await requestRefund(charge.order_id)).order_id
}

const stateOf = async (order_id: string, of = world) =>
  (
    await of.database.pool.query<{
      state: string
      needs_review: boolean
      waits_for: string | null
    }>(
      `select state, needs_review, waits_for from charges where order_id = $1
       union all select state, needs_review, waits_for from refunds where order_id = $1`,
      [order_id],
    )
  ).rows[0]
const historyOf = async (order_id: string) =>
  (
    await world.database.pool.query('select to_state from order_history where order_id = $1', [
      order_id,
    ])
  ).rowCount
const outcomesOf = async (order_id: string) =>
  (
    await world.database.pool.query<{ outcome: string; body_sealed: string }>(
      'select outcome, body_sealed from notifications where order_id = $1 order by received_at',
      [order_id],
    )
  ).rows
const post = async (order_id: string, probe: PaymentProbe, of = world) =>
  (await of.gateway.probe({ order_id, resp_code: '00', ...probe })).status

/** Replays the signed messages of an order to the notification endpoint. */
async function replay(order_id: string, kind: string, of = world): Promise<void> {
  const signed = (await of.gateway.messages(order_id)).find((one) => one.kind === kind)
  expect(signed, `${kind} about ${order_id}`).toBeDefined()
  const { answers } = await of.gateway.replay({
    message: signed?.message ?? 0,
    to: `${of.url}/notify/payment`,
  })
  expect(answers.map(({ status }) => status)).toEqual([200])
}

const no_trace = { traceNo: null, traceTime: null, settleDate: null }
/** Signed, about the right order, and none of them a notification that may be trusted. */
const wrong: [string, PaymentProbe['override']][] = [
  ['a synchronous answer', { ...no_trace, settleAmt: null, settleCurrencyCode: null }],
  ['a query answer about a payment', { origRespCode: '00', origRespMsg: '成功[0000000]' }],
  ['a query answer about a decline', { origRespCode: '64', origRespMsg: '余额不足' }],
  ['traceNo missing', { traceNo: null }],
  ['traceTime missing', { traceTime: null }],
  ['settleDate missing', { settleDate: null }],
  ['settleDate empty', { settleDate: '' }],
  ['another amount settled', { settleAmt: '1' }],
  ['another currency settled without its rate', { settleCurrencyCode: '840' }],
]

describe.each(kinds)('a pending %s', (kind) => {
  test.each([
    ['00', 'succeeded'],
    ['64', 'failed'],
  ] as const)(
    'is settled by no message of another kind with respCode %s, and then by the notification: %s',
    async (resp_code, state) => {
      const order_id = await pendingOrder(kind)
      const before = await historyOf(order_id)
      for (const [what, override] of wrong) {
        expect(await post(order_id, { resp_code, override: override ?? {} }), what).toBe(200)
        expect(await stateOf(order_id), what).toMatchObject({
          state: 'pending',
          needs_review: false,
          waits_for: 'notification',
        })
      }
      expect(await historyOf(order_id)).toBe(before)
      expect((await outcomesOf(order_id)).map(({ outcome }) => outcome)).toEqual([
        ...Array.from({ length: 7 }, () => 'wrong_kind'),
        'inconsistent',
        'inconsistent',
      ])
      await post(order_id, { resp_code })
      expect(await stateOf(order_id)).toMatchObject({ state, needs_review: false })
    },
  )

  test('is not settled by its own synchronous answer, accepted or declined', async () => {
    const accepted = await pendingOrder(kind)
    await replay(accepted, 'answer')
    expect(await stateOf(accepted)).toMatchObject({ state: 'pending', needs_review: false })
    const declined = await pendingOrder(kind, { kind: 'timeout_after', answer: '64' })
    await until('the request was given up', async () => {
      const order = await world.gateway.order(declined)
      return order.ended_at !== null
    })
    await replay(declined, 'answer')
    expect(await stateOf(declined)).toMatchObject({ state: 'pending', needs_review: false })
  })
})

test.each(kinds)('a failed %s stays failed, without review, whatever is replayed', async (kind) => {
  const order_id = await pendingOrder(kind)
  await post(order_id, { resp_code: '64' })
  expect(await stateOf(order_id)).toMatchObject({ state: 'failed' })
  const history = await historyOf(order_id)
  await replay(order_id, 'answer')
  for (const [what, override] of wrong) {
    await post(order_id, { resp_code: '00', override: override ?? {} })
    expect(await stateOf(order_id), what).toMatchObject({ state: 'failed', needs_review: false })
  }
  expect(await historyOf(order_id)).toBe(history)
})

test.each(kinds)('a paid %s stays so, without review, whatever is replayed', async (kind) => {
  const order_id = await pendingOrder(kind)
  await post(order_id, { resp_code: '00' })
  for (const [what, override] of wrong) {
    await post(order_id, { resp_code: '64', override: override ?? {} })
    expect(await stateOf(order_id), what).toMatchObject({ state: 'succeeded', needs_review: false })
  }
})

test('a query answer that arrives as a notification settles nothing, and the order is queried again on schedule', async () => {
  const orders = await Promise.all(kinds.map((kind) => pendingOrder(kind, { book_after_ms: 0 })))
  await world.gateway.addRule({
    match: { transaction: 'query', order_id: orders },
    effect: { kind: 'timeout_after' },
    times: orders.length,
  })
  await Promise.all(orders.map((order_id) => world.booked(order_id)))
  await world.advance(6 * 60_000)
  for (const order_id of orders) {
    await until('the query was answered, and the answer lost', async () =>
      (await world.gateway.messages(order_id)).some((one) => one.kind === 'query_answer'),
    )
    await replay(order_id, 'query_answer')
    expect(await stateOf(order_id)).toMatchObject({ state: 'pending', needs_review: false })
  }
  await world.advance(10 * 60_000)
  for (const order_id of orders)
    await until('the next query settles it', async () =>
      (await stateOf(order_id))?.state === 'succeeded' ? true : null,
    )
})

test('the whole message is stored as evidence, and each is counted', async () => {
  const order_id = await pendingOrder('charge')
  await post(order_id, { override: { traceNo: null } })
  await post(order_id, { override: { settleAmt: '1' } })
  const [row] = await outcomesOf(order_id)
  expect(JSON.parse(world.app.contracts.cipher.open(row?.body_sealed ?? ''))).toMatchObject({
    orderId: order_id,
    respCode: '00',
  })
  const { value } = await scrape(metrics_port)
  for (const verdict of ['wrong_kind', 'inconsistent'])
    expect(value(`wugan_notifications_total{kind="payment",verdict="${verdict}"}`)).toBeGreaterThan(
      0,
    )
})

test('each kind raises one alarm an hour, however often it comes', async () => {
  const order_id = await pendingOrder('charge')
  await post(order_id, { resp_code: '64' })
  const alarms = () =>
    world.log
      .filter((line) => line.includes('"alarm":"not_a_payment_notification"'))
      .map((line) => (JSON.parse(line) as { why: string }).why)
  const all = async () => {
    for (const [, override] of wrong) await post(order_id, { override: override ?? {} })
  }
  await world.advance(61 * 60_000)
  const earlier = alarms().length
  await all()
  const before = alarms()
  expect(before.slice(earlier).toSorted()).toEqual([
    'answer',
    'incomplete',
    'inconsistent',
    'query_answer',
  ])
  await all()
  expect(alarms()).toEqual(before)
})

test('with NOTIFICATION_REQUIRED_FIELDS=none a notification without a trace settles, a query answer does not', async () => {
  const order_id = await pendingOrder('charge', {}, lenient)
  await post(order_id, { override: { ...no_trace, origRespCode: '00' } }, lenient)
  await post(order_id, { override: { settleAmt: '1' } }, lenient)
  expect(await stateOf(order_id, lenient)).toMatchObject({ state: 'pending', needs_review: false })
  await post(order_id, { override: no_trace }, lenient)
  expect(await stateOf(order_id, lenient)).toMatchObject({ state: 'succeeded' })
})

test('a message of another kind about an unknown order is stored, and is no unknown payment', async () => {
  const order_id = await pendingOrder('charge')
  const override = { orderId: 'SOMEBODYELSES00002', origRespCode: '00' }
  expect(await post(order_id, { override })).toBe(200)
  const { rows } = await world.database.pool.query<{ outcome: string }>(
    `select outcome from notifications order by received_at desc limit 1`,
  )
  expect(rows).toEqual([{ outcome: 'wrong_kind' }])
  expect(
    world.log.some(
      (line) => line.includes('SOMEBODYELSES00002') && line.includes('payment_of_unknown_order'),
    ),
  ).toBe(false)
})

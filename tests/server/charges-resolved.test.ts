import type { ChargeDetailView, RefundView } from '../../server/api.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  bill,
  createMerchant,
  refusal,
  startChargingWorld,
  type ChargingWorld,
} from '../support/charging.ts'

let world: ChargingWorld
let operator: ReturnType<typeof createMerchant>
beforeAll(async () => {
  world = await startChargingWorld()
  operator = createMerchant(world.url, await world.key(['read', 'resolve']))
})
afterAll(() => world.stop())

const resolve = async (order_id: string, decision: string, of = 'charges') =>
  (
    await operator.call<ChargeDetailView>('POST', `/v1/${of}/${order_id}/resolution`, {
      decision,
      author: '王会计',
    })
  ).view

test("an operator resolves a contradiction: the state and the operator's name are recorded, and the order may be refunded again", async () => {
  const { payer, contract, charge } = await world.paid(350)
  await world.gateway.probe({ order_id: charge.order_id, resp_code: '60' })
  expect(await resolve(charge.order_id, 'paid')).toMatchObject({
    state: 'succeeded',
    needs_review: false,
    review_reason: null,
  })
  const { history } = await world.merchant.read(charge.order_id)
  expect(history.at(-1)).toMatchObject({
    from: 'succeeded',
    to: 'succeeded',
    source: 'operator',
    author: expect.stringMatching(/^王会计 \(API key test, [0-9A-Z]{26}\)$/),
  })
  expect((await bill(payer, charge.order_id)).history.map(({ step }) => step)).toEqual([
    'asked',
    'paid',
    'in_review',
    'found_paid',
  ])
  expect((await payer.contract(contract)).used_today_fen).toBe(350)
  expect(await world.merchant.refund(charge.order_id)).toMatchObject({ amount_fen: 350 })
})

test('a charge resolved as not paid releases its part of the daily limit, and the order may be charged again', async () => {
  const { payer, contract, charge, want } = await world.paid(350)
  await world.gateway.probe({ order_id: charge.order_id, resp_code: '60' })
  expect(await resolve(charge.order_id, 'not_paid')).toMatchObject({
    state: 'failed',
    reason: 'decided_by_operator',
  })
  expect((await payer.contract(contract)).used_today_fen).toBe(0)
  expect(
    (await world.merchant.send(want(350, { merchant_order_no: charge.merchant_order_no }))).status,
  ).toBe(201)
})

test('two charges of one order, both resolved as paid, stay in review, and a third is refused', async () => {
  const { payer, contract, want } = await world.signed()
  await world.gateway.addRule({
    match: { amount_fen: 871 },
    effect: { kind: 'outcome', resp: '64' },
    times: 1,
  })
  const wish = want(871)
  const first = await world.merchant.settled((await world.merchant.charge(wish)).order_id)
  await world.merchant.settled((await world.merchant.charge(wish)).order_id)
  await world.gateway.probe({ order_id: first.order_id, resp_code: '00' })
  expect(await resolve(first.order_id, 'paid')).toMatchObject({
    state: 'succeeded',
    review_reason: 'paid_twice',
  })
  expect((await payer.contract(contract)).used_today_fen).toBe(1742)
  expect(await refusal(world.merchant.send(wish))).toBe('merchant_order_taken')
})

test('a refund in review reserves its amount until an operator resolves it as failed', async () => {
  const { charge } = await world.paid(500)
  await world.gateway.addRule({
    match: { transaction: 'refund', amount_fen: 500 },
    effect: { kind: 'outcome', resp: '61' },
    times: 1,
  })
  const { order_id } = await world.merchant.refund(charge.order_id, 500)
  await world.booked(order_id)
  await world.gateway.probe({ order_id, resp_code: '00' })
  await world.gateway.probe({ order_id, resp_code: '61' })
  expect((await world.merchant.read(charge.order_id)).refunds).toMatchObject([
    { needs_review: true },
  ])
  expect(await refusal(world.merchant.refund(charge.order_id, 1))).toBe('refund_exceeds_charge')
  expect((await resolve(order_id, 'not_paid', 'refunds')) as unknown as RefundView).toMatchObject({
    state: 'failed',
    needs_review: false,
  })
  expect(await world.merchant.refund(charge.order_id, 500)).toMatchObject({ amount_fen: 500 })
})

test('an order without review cannot be resolved, nor any order without the right', async () => {
  const { charge } = await world.paid()
  expect(await refusal(resolve(charge.order_id, 'not_paid'))).toBe('nothing_to_resolve')
  expect(
    await refusal(
      world.merchant.call('POST', `/v1/charges/${charge.order_id}/resolution`, {
        decision: 'paid',
        author: 'x',
      }),
    ),
  ).toBe('verb_not_allowed')
})

test('resolving as not paid is refused while a failed refund is in doubt: the money may have been refunded, which means it was paid', async () => {
  const { charge } = await world.paid(361)
  await world.gateway.addRule({
    match: { transaction: 'refund', amount_fen: 361 },
    effect: { kind: 'outcome', resp: '64' },
    times: 1,
  })
  const refund = await world.merchant.refund(charge.order_id)
  await world.merchant.settledRefund(charge.order_id, refund.order_id)
  await world.gateway.probe({ order_id: refund.order_id, resp_code: '00' })
  await world.gateway.probe({ order_id: charge.order_id, resp_code: '60' })
  expect(await world.merchant.read(charge.order_id)).toMatchObject({
    state: 'succeeded',
    needs_review: true,
    refunds: [{ state: 'failed', needs_review: true }],
  })
  expect(await refusal(resolve(charge.order_id, 'not_paid'))).toBe('charge_has_refunds')
  await resolve(refund.order_id, 'not_paid', 'refunds')
  expect(await resolve(charge.order_id, 'not_paid')).toMatchObject({ state: 'failed' })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createMerchant,
  refusal,
  startChargingWorld,
  type ChargingWorld,
} from '../support/charging.ts'

let world: ChargingWorld
let person: ReturnType<typeof createMerchant>
beforeAll(async () => {
  world = await startChargingWorld({ jobs: false })
  person = createMerchant(world.url, await world.key(['read', 'resolve']))
})
afterAll(() => world.stop())

const resolve = (order_id: string, decision: 'paid' | 'not_paid') =>
  person.call('POST', `/v1/charges/${order_id}/resolution`, { decision, author: '王会计' })

/**
 * One merchant_order_no: its first charge is declined, its second is paid, and then UnionPay
 * reports that the first is paid too.
 */
async function paidTwice(amount_fen: number) {
  const { contract, want } = await world.signed()
  await world.gateway.addRule({
    match: { amount_fen },
    effect: { kind: 'outcome', resp: '64' },
    times: 1,
  })
  const wish = want(amount_fen)
  const first = (await world.merchant.charge(wish)).order_id
  expect(await world.merchant.settled(first)).toMatchObject({ state: 'failed' })
  const second = (await world.merchant.charge(wish)).order_id
  expect(await world.merchant.settled(second)).toMatchObject({ state: 'succeeded' })
  expect((await world.gateway.probe({ order_id: first, resp_code: '00' })).status).toBe(200)
  return { contract, wish, first, second }
}
const review = { needs_review: true, review_reason: 'paid_twice' }
const events = async (order_id: string): Promise<string[]> => {
  const { rows } = await world.database.pool.query<{ reason: string }>(
    `select reason from order_history where order_id = $1 and reason in ('paid_twice', 'paid_once') order by seq`,
    [order_id],
  )
  return rows.map(({ reason }) => reason)
}

describe('an order that UnionPay books twice', () => {
  test('puts both charges in review, changes no state, and is not charged a third time', async () => {
    const { wish, first, second } = await paidTwice(811)
    expect(await world.merchant.read(first)).toMatchObject({ state: 'failed', ...review })
    expect(await world.merchant.read(second)).toMatchObject({ state: 'succeeded', ...review })
    expect([await events(first), await events(second)]).toEqual([['paid_twice'], ['paid_twice']])
    expect(await refusal(world.merchant.send(wish))).toBe('merchant_order_taken')
  })

  test('stays in review when an operator confirms that both were paid, until one of them is refunded', async () => {
    const { first, second } = await paidTwice(812)
    await resolve(first, 'paid')
    expect(await world.merchant.read(first)).toMatchObject({ state: 'succeeded', ...review })
    expect(await world.merchant.read(second)).toMatchObject({ state: 'succeeded', ...review })
    const { order_id } = await world.merchant.refund(second, 800)
    await world.merchant.settledRefund(second, order_id)
    expect(await world.merchant.read(first)).toMatchObject(review)
    const rest = await world.merchant.refund(second, 12)
    await world.merchant.settledRefund(second, rest.order_id)
    expect(await world.merchant.read(first)).toMatchObject({ needs_review: false })
    expect(await world.merchant.read(second)).toMatchObject({
      state: 'succeeded',
      needs_review: false,
      review_reason: null,
    })
    expect(await events(second)).toEqual(['paid_twice', 'paid_once'])
  })

  test('refunds only one of the two payments, also while the first refund is pending', async () => {
    const { first, second } = await paidTwice(817)
    await resolve(first, 'paid')
    await world.gateway.addRule({
      match: { transaction: 'refund', amount_fen: 817 },
      effect: { kind: 'plain', notice: 'never' },
      times: 1,
    })
    await world.merchant.refund(second, 817)
    expect(await refusal(world.merchant.refund(first, 817))).toBe('charge_not_refundable')
    expect(await refusal(world.merchant.refund(first, 1))).toBe('charge_not_refundable')
  })

  test('stays in review when another message about it differs from it', async () => {
    const { first, second } = await paidTwice(818)
    await world.gateway.probe({ order_id: first, resp_code: '00', override: { txnAmt: '819' } })
    expect(await world.merchant.read(first)).toMatchObject(review)
    expect(await world.merchant.read(second)).toMatchObject(review)
  })

  test('ends its review when an operator resolves the first as not paid', async () => {
    const { first, second } = await paidTwice(813)
    await resolve(first, 'not_paid')
    expect(await world.merchant.read(first)).toMatchObject({ state: 'failed', needs_review: false })
    expect(await world.merchant.read(second)).toMatchObject({ needs_review: false })
  })

  test('whose second payment an operator knows to be refunded: the first is still to be decided', async () => {
    const { first, second } = await paidTwice(814)
    const { order_id } = await world.merchant.refund(second, 814)
    await world.merchant.settledRefund(second, order_id)
    expect(await world.merchant.read(second)).toMatchObject({ needs_review: false })
    expect(await world.merchant.read(first)).toMatchObject({
      needs_review: true,
      review_reason: 'succeeded_after_failure',
    })
  })

  test('is detected too when the second payment is reported after the first was resolved as paid', async () => {
    const { want } = await world.signed()
    await world.gateway.addRule({
      match: { amount_fen: 815 },
      effect: { kind: 'plain', notice: 'never' },
      times: 2,
    })
    const wish = want(815)
    const first = (await world.merchant.charge(wish)).order_id
    await world.gateway.probe({ order_id: first, resp_code: '64' })
    expect(await world.merchant.read(first)).toMatchObject({ state: 'failed' })
    const second = (await world.merchant.charge(wish)).order_id
    await world.gateway.probe({ order_id: first, resp_code: '00' })
    expect(await world.merchant.read(first)).toMatchObject({
      review_reason: 'succeeded_after_failure',
    })
    await world.gateway.probe({ order_id: second, resp_code: '00' })
    expect(await world.merchant.read(first)).toMatchObject({ state: 'failed', ...review })
    expect(await world.merchant.read(second)).toMatchObject({ state: 'succeeded', ...review })
  })
})

test('a charge with a refund, or with a pending one, cannot be resolved as not paid', async () => {
  const { want } = await world.signed()
  const { order_id } = await world.merchant.charge(want(816))
  await world.merchant.settled(order_id)
  const refund = await world.merchant.refund(order_id, 16)
  await world.merchant.settledRefund(order_id, refund.order_id)
  await world.gateway.probe({ order_id, resp_code: '64' })
  expect(await world.merchant.read(order_id)).toMatchObject({
    review_reason: 'failed_after_success',
  })
  expect(await refusal(resolve(order_id, 'not_paid'))).toBe('charge_has_refunds')
  expect(await world.merchant.read(order_id)).toMatchObject({
    state: 'succeeded',
    needs_review: true,
    refunded_fen: 16,
  })
  await resolve(order_id, 'paid')
  expect(await world.merchant.read(order_id)).toMatchObject({
    state: 'succeeded',
    needs_review: false,
  })
})

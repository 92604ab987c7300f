import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  refusal,
  retail,
  startChargingWorld,
  utilities,
  type ChargingWorld,
} from '../support/charging.ts'
import { until } from '../support/until.ts'
import { plan } from '../support/world.ts'

let world: ChargingWorld
beforeAll(async () => {
  world = await startChargingWorld({ jobs: false })
})
afterAll(() => world.stop())

const portalRefund = async (order_id: string, amount_fen: number): Promise<void> => {
  const answer = await fetch(`${world.sandbox.url}/_control/gateway/portal-refunds`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ order_id, amount_fen }),
  })
  expect(answer.status).toBeLessThan(300)
}

test('a refund made at the portal of UnionPay counts like ours, once, with an alarm', async () => {
  const { charge } = await world.paid(500)
  await portalRefund(charge.order_id, 200)
  const { refunds } = await until('it is recorded', async () => {
    const now = await world.merchant.read(charge.order_id)
    return now.refunds.length > 0 ? now : null
  })
  expect(refunds).toMatchObject([
    { amount_fen: 200, state: 'succeeded', kind: 'refund', charge: charge.order_id },
  ])
  expect(await world.merchant.read(charge.order_id)).toMatchObject({ refunded_fen: 200 })
  expect(await refusal(world.merchant.refund(charge.order_id, 301))).toBe('refund_exceeds_charge')
  expect(
    world.log.filter((line) => JSON.stringify(line).includes('refunded_elsewhere')),
  ).not.toEqual([])
  const own = await world.merchant.refund(charge.order_id, 300)
  await world.merchant.settledRefund(charge.order_id, own.order_id)
  expect(await world.merchant.read(charge.order_id)).toMatchObject({ refunded_fen: 500 })
})

test('a notification with an undecided code, about a paid charge, changes nothing and raises an alarm', async () => {
  const { charge } = await world.paid(501)
  const before = world.log.length
  expect((await world.gateway.probe({ order_id: charge.order_id, resp_code: '05' })).status).toBe(
    200,
  )
  expect(await world.merchant.read(charge.order_id)).toMatchObject({
    state: 'succeeded',
    needs_review: false,
  })
  expect(
    world.log
      .slice(before)
      .filter((line) => JSON.stringify(line).includes('open_code_for_final_order')),
  ).toHaveLength(1)
})

test('a refund reported for another merchant number refunds nothing of a charge', async () => {
  const { charge: own } = await world.paid(502)
  const { want } = await world.signed(plan.metro)
  const { order_id } = await world.merchant.charge(want(503, { merchant_no: utilities }))
  const other = await world.merchant.settled(order_id)
  const tell = (merId: string, orderId: string) =>
    world.gateway.probe({
      order_id: own.order_id,
      resp_code: '00',
      override: {
        merId,
        orderId,
        txnType: '04',
        txnAmt: '503',
        settleAmt: '503',
        queryId: '99' + orderId,
        origQryId: other.query_id ?? '',
      },
    })
  expect((await tell(retail, 'PORTAL0000000001')).status).toBe(200)
  expect(await world.merchant.read(order_id)).toMatchObject({ refunded_fen: 0, refunds: [] })
  expect((await tell(other.merchant_no, 'PORTAL0000000002')).status).toBe(200)
  expect(await world.merchant.read(order_id)).toMatchObject({ refunded_fen: 503 })
})

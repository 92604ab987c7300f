import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startGatewayWorld, type GatewayWorld } from '../support/gateway-world.ts'

let world: GatewayWorld
beforeAll(async () => void (world = await startGatewayWorld()))
beforeEach(() => world.begin())
afterAll(() => world.stop())

const refused = (body: unknown) =>
  fetch(`${world.sandbox.url}/_control/gateway/portal-refunds`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

test('a refund made at the portal is booked, notified with the number of its charge, and listed in the statement', async () => {
  const { fields, queryId, order } = await world.paid(350)
  const made = await world.gateway.portalRefund({ order_id: fields.orderId ?? '', amount_fen: 100 })
  await world.settled({ fields: { orderId: made.order_id } })
  const notified = (await world.notified(2)).find((one) => one.orderId === made.order_id)
  expect(notified).toMatchObject({
    txnType: '04',
    respCode: '00',
    txnAmt: '100',
    origQryId: queryId,
  })
  expect(world.verify(notified ?? {}).problem).toBeNull()
  expect((await world.gateway.ledger()).at(-1)).toMatchObject({
    kind: 'refund',
    order_id: made.order_id,
    original_order_id: fields.orderId,
    amount_fen: 100,
  })
  const day = await fetch(
    `${world.sandbox.url}/_control/statements/${order.merchant}/${order.clearing_day}`,
  )
  expect(((await day.json()) as { zm: { order_id: string }[] }).zm).toMatchObject([
    { order_id: fields.orderId },
    { order_id: made.order_id, original: { query_id: queryId } },
  ])
})

test('the portal refunds no more than the remainder, and nothing but paid charges', async () => {
  const { fields } = await world.paid(350)
  const order_id = fields.orderId ?? ''
  expect(await world.gateway.portalRefund({ order_id })).toMatchObject({ amount_fen: 350 })
  expect((await refused({ order_id })).status).toBe(409)
  expect((await refused({ order_id, amount_fen: 0 })).status).toBe(400)
  expect((await refused({ order_id, surprise: 1 })).status).toBe(400)
  expect((await refused({ order_id: 'NOSUCHORDER1' })).status).toBe(404)
})

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { splitForm } from '../support/gateway-verifier.ts'
import { startGatewayWorld, type GatewayWorld } from '../support/gateway-world.ts'

let world: GatewayWorld
beforeAll(async () => void (world = await startGatewayWorld()))
beforeEach(() => world.begin())
afterAll(() => world.stop())

const kindsOf = async (order_id: string) =>
  (await world.gateway.messages(order_id)).map(({ kind }) => kind)
const post = (body: unknown) =>
  fetch(`${world.sandbox.url}/_control/messages/replay`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

test('every message signed about an order is listed, newest first, with its kind, codes and time', async () => {
  const { fields } = await world.paid()
  await world.notified()
  await world.control.advance(6 * 60_000)
  await world.merchant.query({ fields })
  expect(await world.gateway.messages(fields.orderId ?? '')).toMatchObject([
    { kind: 'query_answer', resp_code: '00', orig_resp_code: '00' },
    { kind: 'notification', resp_code: '00', orig_resp_code: null },
    { kind: 'answer', resp_code: '00', orig_resp_code: null, at: expect.stringMatching(/^20/) },
  ])
})

test('an answer that was lost or altered is listed as signed; a forged one is not', async () => {
  await world.gateway.addRule({ effect: { kind: 'reset_after' }, times: 1 })
  const lost = await world.merchant.chargeFields(world.contract_id, 351)
  await world.merchant.send('backTransReq.do', lost).catch(() => {})
  expect(await kindsOf(lost.orderId ?? '')).toContain('answer')
  await world.gateway.addRule({ effect: { kind: 'foreign_certificate' }, times: 1 })
  const forged = await world.merchant.charge(world.contract_id, 352)
  expect(await kindsOf(forged.fields.orderId ?? '')).not.toContain('answer')
})

test('a message is replayed byte for byte to any address, and its signature still verifies', async () => {
  const { fields, answer } = await world.merchant.charge(world.contract_id)
  const [signed] = (await world.gateway.messages(fields.orderId ?? '')).filter(
    ({ kind }) => kind === 'answer',
  )
  world.shop.received.length = 0
  const { sent, answers } = await world.gateway.replay({
    message: signed?.message ?? 0,
    to: `${world.shop.url}?elsewhere=1`,
    times: 2,
  })
  expect(answers).toEqual([
    { status: 200, body: 'ok' },
    { status: 200, body: 'ok' },
  ])
  const replayed = world.shop.received.map(({ raw }) => raw).filter((raw) => raw === sent)
  expect(replayed).toHaveLength(2)
  expect(splitForm(sent)).toEqual(answer)
  expect(world.verify(splitForm(sent)).problem).toBeNull()
})

test('a replay with an unknown message, address or field is refused', async () => {
  const to = world.shop.url
  const statuses = await Promise.all(
    [
      { message: 1_000_000, to },
      { message: 0, to },
      { message: '1', to },
      { to },
      { message: 1, to: 'file:///etc/passwd' },
      { message: 1, to, times: 101 },
      { message: 1, to, surprise: true },
    ].map(async (body) => (await post(body)).status),
  )
  expect(statuses).toEqual([404, 400, 400, 400, 400, 400, 400])
  expect((await fetch(`${world.sandbox.url}/_control/messages?surprise=1`)).status).toBe(400)
})

test('a reset deletes the signed messages, and ids are not reused', async () => {
  const { fields } = await world.merchant.charge(world.contract_id)
  const [before] = await world.gateway.messages(fields.orderId ?? '')
  await world.begin()
  expect(await world.gateway.messages(fields.orderId ?? '')).toEqual([])
  const next = await world.merchant.charge(world.contract_id)
  const [after] = await world.gateway.messages(next.fields.orderId ?? '')
  expect(after?.message).toBeGreaterThan(before?.message ?? Infinity)
})

const noticed = ['traceNo', 'traceTime', 'settleDate', 'settleAmt', 'settleCurrencyCode', 'queryId']

test.each(['charge', 'refund', 'cancel'] as const)(
  'a notification of a %s, paid or declined, has a trace and no origRespCode; the synchronous answer has neither',
  async (kind) => {
    const { queryId } = await world.paid(360)
    for (const resp of ['64', '00'] as const) {
      await world.gateway.addRule({
        match: { transaction: kind },
        effect: { kind: 'outcome', resp },
        times: 1,
      })
      world.shop.received.length = 0
      const sent =
        kind === 'charge'
          ? await world.merchant.charge(world.contract_id, 360)
          : await world.merchant.requestRefund(kind, queryId, 360)
      await world.settled(sent)
      const notified = (await world.notified()).find((one) => one.orderId === sent.fields.orderId)
      expect(notified).toMatchObject({ respCode: resp })
      for (const name of noticed) expect(notified?.[name], name).toMatch(/^\d+$/)
      expect(notified).not.toHaveProperty('origRespCode')
      for (const name of ['traceNo', 'traceTime', 'settleDate', 'settleAmt', 'origRespCode'])
        expect(sent.answer).not.toHaveProperty(name)
    }
  },
)

test('a probe about an order that is not booked has a trace too', async () => {
  await world.control.change({ booking_delay_ms: 3_600_000 })
  const { fields } = await world.merchant.charge(world.contract_id)
  const { sent } = await world.gateway.probe({ order_id: fields.orderId ?? '', resp_code: '00' })
  for (const name of noticed) expect(splitForm(sent)[name], name).toMatch(/^\d+$/)
})

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { firstMerchant } from '../support/gateway-caller.ts'
import { startGatewayWorld, type GatewayWorld } from '../support/gateway-world.ts'
import { metroPlan } from '../support/open-platform-caller.ts'
import { until } from '../support/until.ts'

let world: GatewayWorld
beforeAll(async () => void (world = await startGatewayWorld()))
beforeEach(() => world.begin())
afterAll(() => world.stop())

const codeOf = async (sent: Parameters<GatewayWorld['merchant']['query']>[0]) =>
  (await world.merchant.query(sent)).answer.respCode
const offender = async () =>
  (await world.gateway.view()).merchants.find((one) => one.merchant === firstMerchant)

test('a query within five minutes of the charge is 37, counted, and blacklists the merchant', async () => {
  const paid = await world.paid()
  await world.control.advance(290_000)
  expect(await codeOf(paid)).toBe('37')
  expect(await offender()).toMatchObject({
    violations: 1,
    last_order_id: paid.fields.orderId,
    last_reason: expect.stringContaining('5 分钟'),
    blacklisted_at: expect.any(String),
  })
  await world.control.advance(3_600_000)
  expect(await codeOf(paid)).toBe('37')
  expect(await offender()).toMatchObject({ violations: 1 })
  expect((await world.control.state()).gateway).toMatchObject({
    merchants: expect.arrayContaining([
      expect.objectContaining({ merchant: firstMerchant, violations: 1 }),
    ]),
  })
  const wallet = (await (await fetch(`${world.sandbox.url}/_pages/wallet`)).json()) as {
    gateway: unknown
  }
  expect(wallet.gateway).toMatchObject({
    merchants: expect.arrayContaining([
      expect.objectContaining({ merchant: firstMerchant, blacklisted_at: expect.any(String) }),
    ]),
  })
})

test('the referee requires more than five minutes after the charge and between two queries', async () => {
  const paid = await world.paid()
  for (const _slot of [1, 2, 3]) {
    await world.control.advance(301_000)
    expect(await codeOf(paid)).toBe('00')
  }
  await world.control.advance(299_000)
  expect(await codeOf(paid)).toBe('37')
  expect(await world.gateway.order(paid.fields.orderId ?? '')).toMatchObject({
    queries: 4,
    violations: 1,
  })
})

test('orders are counted separately; an order that never arrived may be queried at once, but not twice', async () => {
  const [one, other] = [await world.paid(), await world.paid()]
  await world.control.advance(301_000)
  expect([await codeOf(one), await codeOf(other)]).toEqual(['00', '00'])
  const unknown = { fields: { ...one.fields, orderId: 'NOSUCHORDER1' } }
  expect(await codeOf(unknown)).toBe('34')
  expect(await codeOf(unknown)).toBe('37')
})

test('a query by queryId counts for the same order', async () => {
  const paid = await world.paid()
  await world.control.advance(301_000)
  expect(await codeOf(paid)).toBe('00')
  const again = await world.merchant.query(paid, {
    orderId: undefined,
    txnSubType: '02',
    queryId: paid.queryId,
  })
  expect(again.answer.respCode).toBe('37')
})

test('a refund has a five-minute wait of its own', async () => {
  const paid = await world.paid()
  await world.control.advance(301_000)
  const refund = await world.merchant.requestRefund('refund', paid.queryId, 100)
  expect(await codeOf(refund)).toBe('37')
})

test('a charge without an answer ends when the merchant gives up', async () => {
  await world.gateway.addRule({ effect: { kind: 'timeout_after' }, times: 1 })
  const fields = world.merchant.signFields(
    await world.merchant.chargeFields(world.contract_id, 350),
  )
  const controller = new AbortController()
  const silent = fetch(`${world.sandbox.url}/gateway/api/backTransReq.do`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
    signal: controller.signal,
  }).catch(() => 'gave up')
  await world.settled({ fields })
  await world.control.advance(301_000)
  controller.abort()
  expect(await silent).toBe('gave up')
  await until(
    'the sandbox has noticed it',
    async () => (await world.gateway.order(fields.orderId ?? '')).ended_at,
  )
  expect(await codeOf({ fields })).toBe('37')
})

test('patience is a switch; a blacklisted merchant can still charge, and is pardoned by hand or by a reset', async () => {
  await world.control.change({ referee_patience: 3 })
  const paid = await world.paid()
  expect([await codeOf(paid), await codeOf(paid)]).toEqual(['37', '37'])
  expect(await offender()).toMatchObject({ violations: 2, blacklisted_at: null })
  await world.control.advance(301_000)
  expect([await codeOf(paid), await codeOf(paid)]).toEqual(['00', '37'])
  expect(await offender()).toMatchObject({ violations: 3, blacklisted_at: expect.any(String) })
  expect((await world.merchant.charge(await world.sign(metroPlan), 100)).answer.respCode).toBe('00')
  await world.gateway.forgive(firstMerchant)
  expect(await offender()).toMatchObject({ violations: 0, blacklisted_at: null })
  await world.control.advance(301_000)
  expect(await codeOf(paid)).toBe('00')
})

test('a query that is refused for its signature or its form is no pacing violation', async () => {
  const paid = await world.paid()
  expect(
    (await world.merchant.query(paid, { signature: 'AAAA', certId: '1' })).answer.respCode,
  ).toBe('11')
  expect((await world.merchant.query(paid, { bizType: 'x' })).answer.respCode).toBe('10')
  expect(await offender()).toMatchObject({ violations: 0 })
})

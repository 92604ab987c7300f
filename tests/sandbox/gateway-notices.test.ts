import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createVerifier, splitForm } from '../support/gateway-verifier.ts'
import { startGatewayWorld, type GatewayWorld } from '../support/gateway-world.ts'
import { timeLimit } from '../support/time-limits.ts'

let world: GatewayWorld
beforeAll(async () => void (world = await startGatewayWorld()))
beforeEach(() => world.begin())
afterAll(() => world.stop())

const minuteMs = 60_000
const first = async () => (await world.gateway.notices())[0]

test('a notification that is never acknowledged is sent five times, at gaps of 0, 1, 2 and 4 minutes', async () => {
  world.shop.answer(500, '')
  await world.merchant.charge(world.contract_id)
  await world.noticed(2) // the second at once
  for (const [attempts, gap_ms] of [
    [3, minuteMs],
    [4, 2 * minuteMs],
    [5, 4 * minuteMs],
  ] as const) {
    await world.control.advance(gap_ms - 5_000)
    expect((await first())?.attempts).toHaveLength(attempts - 1)
    await world.control.advance(5_000)
    await world.noticed(attempts)
  }
  expect(await first()).toMatchObject({ state: 'given_up', next_attempt_at: null })
  await world.control.advance(24 * 60 * minuteMs)
  expect(world.shop.received).toHaveLength(5)
  const notified = world.shop.received.map((one) => splitForm(one.raw))
  expect(new Set(notified.map((one) => one.queryId)).size).toBe(1)
})

test.each([200, 302])('HTTP %i acknowledges, whatever the body', async (status) => {
  world.shop.answer(status, '<html>anything</html>')
  await world.merchant.charge(world.contract_id)
  await world.noticed(1)
  expect(await first()).toMatchObject({ state: 'acknowledged' })
  expect(world.shop.received).toHaveLength(1)
})

test.each([201, 301, 404, 503])('HTTP %i does not acknowledge', async (status) => {
  world.shop.answer(status, '')
  await world.merchant.charge(world.contract_id)
  await world.noticed(2)
  world.shop.answer(200, '')
  await world.control.advance(minuteMs)
  await world.noticed(3)
  expect(await first()).toMatchObject({ state: 'acknowledged' })
})

test('notifications come late, twice or never: by switch, and by a rule for one charge alone', async () => {
  const { control, merchant, contract_id, gateway, shop } = world
  await control.change({ payment_notice_timing: 'late', payment_notice_late_ms: 10 * minuteMs })
  await world.paid()
  await control.advance(9 * minuteMs)
  expect(shop.received).toHaveLength(0)
  await control.advance(minuteMs)
  await world.notified(1)
  await control.change({ payment_notice_timing: 'never' })
  await world.paid()
  expect(await first()).toMatchObject({ state: 'withheld' })
  await gateway.addRule({ match: { amount_fen: 777 }, effect: { kind: 'plain', notice: 'twice' } })
  await merchant.charge(contract_id, 777)
  const notified = await world.notified(3)
  expect(notified.slice(1).map((one) => one.txnAmt)).toEqual(['777', '777'])
})

test('failures are notified unless the switch says otherwise', async () => {
  await world.gateway.addRule({ effect: { kind: 'outcome', resp: '64' } })
  await world.settled(await world.merchant.charge(world.contract_id))
  expect((await world.notified(1))[0]).toMatchObject({ respCode: '64' })
  await world.control.change({ failure_notices: false })
  await world.settled(await world.merchant.charge(world.contract_id))
  expect(await first()).toMatchObject({ state: 'withheld' })
})

test('an address that never answers does not delay other notifications', async () => {
  const silent = createServer(() => undefined)
  await new Promise<void>((resolve) => silent.listen(0, 'localhost', resolve))
  const backUrl = `http://localhost:${(silent.address() as AddressInfo).port}/`
  for (const _charge of [1, 2, 3])
    await world.settled(await world.merchant.charge(world.contract_id, 100, { backUrl }))
  const started = performance.now()
  await world.paid(200)
  expect((await world.notified(1))[0]).toMatchObject({ txnAmt: '200' })
  expect(performance.now() - started).toBeLessThan(timeLimit(5_000))
  silent.closeAllConnections()
  silent.close()
})

test('the placeholder address means that no notification is wanted', async () => {
  await world.settled(
    await world.merchant.charge(world.contract_id, 350, { backUrl: 'http://www.specialUrl.com' }),
  )
  expect(await first()).toMatchObject({ state: 'withheld' })
})

test('a notification can reach the merchant before the answer does', async () => {
  await world.gateway.addRule({ effect: { kind: 'plain', notice: 'before_answer' } })
  const { answer } = await world.merchant.charge(world.contract_id)
  expect(world.shop.received).toHaveLength(1)
  expect(splitForm(world.shop.received[0]?.raw ?? '')).toMatchObject({
    respCode: '00',
    queryId: answer.queryId,
  })
  expect(answer.respCode).toBe('00')
})

test('a late failure contradicts a success that stays in the ledger', async () => {
  await world.gateway.addRule({
    effect: { kind: 'plain', late_failure: { after_ms: 5 * minuteMs, resp: '60' } },
  })
  await world.paid()
  await world.notified(1)
  await world.control.advance(5 * minuteMs)
  const [success, failure] = await world.notified(2)
  expect([success?.respCode, failure?.respCode]).toEqual(['00', '60'])
  expect([failure?.orderId, failure?.queryId]).toEqual([success?.orderId, success?.queryId])
  expect(world.verify(failure ?? {}).problem).toBeNull()
  expect(await world.gateway.ledger()).toHaveLength(1)
})

test.each([
  ['good', null],
  ['bad', 'signature'],
  ['missing', 'signature'],
  ['foreign', 'chain'],
  ['expired', 'dates'],
  ['wrong_owner', 'owner'],
  ['test_owner', 'owner'],
] as const)('a probe signed %s: the verifier says %s', async (signature, problem) => {
  const { fields } = await world.paid()
  const answer = await world.gateway.probe({ order_id: fields.orderId ?? '', signature })
  expect(answer).toMatchObject({ status: 200, body: 'ok' })
  expect(world.verify(splitForm(answer.sent)).problem).toBe(problem)
})

test('a probe alters fields before or after signing, repeats, omits, appends, pads', async () => {
  const { fields } = await world.paid()
  const order_id = fields.orderId ?? ''
  const sentBy = async (probe: object) => (await world.gateway.probe({ order_id, ...probe })).sent
  const tampered = splitForm(await sentBy({ alter: { txnAmt: '1' } }))
  expect([tampered.txnAmt, world.verify(tampered).problem]).toEqual(['1', 'signature'])
  const other = splitForm(
    await sentBy({ override: { txnAmt: '1', traceNo: null }, resp_code: '64' }),
  )
  expect(other).toMatchObject({ txnAmt: '1', respCode: '64' })
  expect(other).not.toHaveProperty('traceNo')
  expect(world.verify(other).problem).toBeNull()
  expect(
    new URLSearchParams(await sentBy({ repeat_parameter: 'txnAmt' })).getAll('txnAmt'),
  ).toEqual(['350', '350'])
  expect(splitForm(await sentBy({ padding: 200_000 })).padding).toHaveLength(200_000)
  expect(await sentBy({ body: 'not=a&message' })).toBe('not=a&message')
  world.shop.received.length = 0
  const many = await world.gateway.probe({
    order_id,
    times: 3,
    concurrent: true,
    extra_query: 'a=b',
  })
  expect(many.answers).toHaveLength(3)
  expect(world.shop.received).toHaveLength(3)
})

test('a probe for an order that does not exist sends exactly its given fields', async () => {
  await expect(world.gateway.probe({ order_id: 'NOSUCHORDER1' })).rejects.toThrow('404')
  const fields = {
    encoding: 'UTF-8',
    signMethod: '01',
    txnType: '01',
    orderId: 'NOSUCHORDER1',
    respCode: '00',
  }
  const { sent } = await world.gateway.probe({ fields, url: world.shop.url })
  expect(splitForm(sent)).toMatchObject({ orderId: 'NOSUCHORDER1', version: '5.1.0' })
  expect(createVerifier(`${world.sandbox.settings.data_dir}/acp`)(splitForm(sent)).valid).toBe(true)
})

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { GatewayEffect } from '../../sandbox/gateway/rules.ts'
import { firstMerchant, type Fields } from '../support/gateway-caller.ts'
import { startGatewayWorld, type GatewayWorld } from '../support/gateway-world.ts'
import { until } from '../support/until.ts'

let world: GatewayWorld
beforeAll(async () => void (world = await startGatewayWorld()))
beforeEach(() => world.begin())
afterAll(() => world.stop())

const play = (effect: GatewayEffect) =>
  world.gateway.addRule({
    match: { contract_id: world.contract_id, merchant: firstMerchant },
    effect,
    times: 1,
  })
/** A charge by a merchant who waits no longer than `ms`; null without an answer. */
const impatient = async (ms: number): Promise<{ fields: Fields; came_back: boolean }> => {
  const fields = world.merchant.signFields(
    await world.merchant.chargeFields(world.contract_id, 350),
  )
  const came_back = await fetch(`${world.sandbox.url}/gateway/api/backTransReq.do`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
    signal: AbortSignal.timeout(ms),
  }).then(
    () => true,
    () => false,
  )
  return { fields, came_back }
}

test.each([
  ['timeout_before', false],
  ['reset_before', false],
  ['timeout_after', true],
  ['reset_after', true],
] as const)('%s: no answer arrives; booked: %s', async (kind, booked) => {
  await play({ kind })
  const { fields, came_back } = await impatient(400)
  expect(came_back).toBe(false)
  if (booked) await world.settled({ fields })
  expect((await world.gateway.ledger()).map((one) => one.order_id)).toEqual(
    booked ? [fields.orderId] : [],
  )
  const end = await until('the request ended for the referee', async () =>
    (await world.control.journal()).find((one) => one.kind === 'gateway.charge'),
  )
  expect(end.summary).toMatch(/no answer|connection cut/)
  await world.control.advance(302_000)
  expect((await world.merchant.query({ fields })).answer).toMatchObject(
    booked ? { respCode: '00', origRespCode: '00' } : { respCode: '34' },
  )
})

test.each([
  ['html', /^<html>/, false],
  ['not_found', /404/, false],
  ['empty', /^$/, true],
  ['garbage', /^(?!.*signature=)/, true],
] as const)('%s: the answer is no message; booked: %s', async (kind, form, booked) => {
  await play({ kind })
  const { body, fields } = await world.merchant.charge(world.contract_id)
  expect(body).toMatch(form)
  if (booked) await world.settled({ fields })
  expect(await world.gateway.ledger()).toHaveLength(booked ? 1 : 0)
})

test.each([
  ['wrong_signature', 'signature'],
  ['no_signature', 'signature'],
  ['foreign_certificate', 'chain'],
  ['expired_certificate', 'dates'],
  ['wrong_owner', 'owner'],
  ['tampered_amount', 'signature'],
] as const)(
  '%s: the charge is booked, and the answer does not verify: %s',
  async (kind, problem) => {
    await play({ kind })
    const charge = await world.merchant.charge(world.contract_id)
    expect(world.verify(charge.answer).problem).toBe(problem)
    await world.settled(charge)
    expect(await world.gateway.ledger()).toHaveLength(1)
  },
)

test('an answer with the echo of another order, or with altered fields, is validly signed', async () => {
  await play({ kind: 'other_order' })
  const other = await world.merchant.charge(world.contract_id)
  expect(other.answer.orderId).not.toBe(other.fields.orderId)
  expect(world.verify(other.answer).problem).toBeNull()
  await play({ kind: 'plain', alter: { txnAmt: '1', currencyCode: '840' } })
  const altered = await world.merchant.charge(world.contract_id)
  expect(altered.answer).toMatchObject({ txnAmt: '1', currencyCode: '840' })
  expect(world.verify(altered.answer).problem).toBeNull()
})

test('resp refuses with any code and does nothing; answer returns a code although the work was done', async () => {
  await play({ kind: 'resp', resp: '06' })
  expect((await world.merchant.charge(world.contract_id)).answer).toMatchObject({
    respCode: '06',
    respMsg: expect.stringContaining('系统繁忙'),
  })
  expect(await world.gateway.ledger()).toEqual([])
  await play({ kind: 'plain', answer: '03' })
  const unclear = await world.merchant.charge(world.contract_id)
  expect(unclear.answer.respCode).toBe('03')
  expect(await world.settled(unclear)).toMatchObject({ state: 'succeeded' })
})

test('an outcome overrides the cards, and A6 is paid', async () => {
  await world.control.changeUser('wallet-1', {
    cards: [{ bank: '空', kind: 'debit', last4: '0000', balance_fen: 0 }],
  })
  await play({ kind: 'outcome', resp: 'A6' })
  expect((await world.paid()).order).toMatchObject({ state: 'succeeded', resp_code: 'A6' })
  expect(await world.gateway.ledger()).toMatchObject([{ resp_code: 'A6' }])
})

test('a script applies one effect after the other, then none', async () => {
  const { contract_id } = world
  await world.gateway.addRule({
    id: 'script',
    match: { contract_id },
    script: [{ kind: 'resp', resp: '34' }, { kind: 'outcome', resp: '64' }, { kind: 'plain' }],
  })
  expect((await world.merchant.charge(contract_id)).answer.respCode).toBe('34')
  expect((await world.paid()).order.resp_code).toBe('64')
  for (const _time of [1, 2]) expect((await world.paid()).order.resp_code).toBe('00')
  expect(await world.gateway.rules()).toMatchObject([{ id: 'script', played: 3 }])
})

test('the first matching rule applies: by order list, amount, merchant, transaction', async () => {
  const { merchant, contract_id, gateway } = world
  await gateway.addRule({
    match: { order_id: ['LISTED000001', 'LISTED000002'] },
    effect: { kind: 'resp', resp: '62' },
  })
  await gateway.addRule({ match: { amount_fen: 123 }, effect: { kind: 'resp', resp: '61' } })
  await gateway.addRule({ match: { transaction: 'query' }, effect: { kind: 'resp', resp: '99' } })
  await gateway.addRule({
    match: { merchant: 'another merchant' },
    effect: { kind: 'resp', resp: '98' },
  })
  expect(
    (await merchant.charge(contract_id, 123, { orderId: 'LISTED000002' })).answer.respCode,
  ).toBe('62')
  expect((await merchant.charge(contract_id, 123)).answer.respCode).toBe('61')
  const paid = await world.paid()
  await world.control.advance(301_000)
  expect((await merchant.query(paid)).answer.respCode).toBe('99')
})

test('latency by switch and by rule delays the answer', async () => {
  await world.control.change({ gateway_latency_ms: 150 })
  const started = performance.now()
  await world.merchant.charge(world.contract_id)
  expect(performance.now() - started).toBeGreaterThan(140)
  await play({ kind: 'delay', ms: 300 })
  expect((await impatient(100)).came_back).toBe(false)
})

import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { secondMerchant } from '../support/gateway-caller.ts'
import { startGatewayWorld, type GatewayWorld } from '../support/gateway-world.ts'
import { metroPlan } from '../support/open-platform-caller.ts'

let world: GatewayWorld
beforeAll(async () => void (world = await startGatewayWorld()))
beforeEach(() => world.begin())
afterAll(() => world.stop())

const dayMs = 86_400_000
const back = async (kind: 'refund' | 'cancel', queryId: string, amount_fen: number) =>
  (await world.merchant.requestRefund(kind, queryId, amount_fen)).answer.respCode
const balance = async () => (await world.control.users())[0]?.cards[0]?.balance_fen

test('several partial refunds never exceed the charge, until nothing is left', async () => {
  const { queryId } = await world.paid(1_000)
  expect(await back('refund', queryId, 400)).toBe('00')
  expect(await back('refund', queryId, 601)).toBe('36')
  expect(await back('refund', queryId, 500)).toBe('00')
  expect(await back('refund', queryId, 101)).toBe('36')
  expect(await back('refund', queryId, 100)).toBe('00')
  expect(await back('refund', queryId, 1)).toBe('45')
  await world.notified(4)
  expect((await world.gateway.ledger()).map((one) => [one.kind, one.amount_fen])).toEqual([
    ['charge', 1_000],
    ['refund', 400],
    ['refund', 500],
    ['refund', 100],
  ])
})

test('a pending refund reserves its amount; a failed one releases it', async () => {
  const { queryId } = await world.paid(1_000)
  await world.gateway.addRule({
    match: { transaction: 'refund', amount_fen: 700 },
    effect: { kind: 'plain', outcome: '60', book_after_ms: 60_000 },
  })
  const held = await world.merchant.requestRefund('refund', queryId, 700)
  expect(await back('refund', queryId, 301)).toBe('36')
  await world.control.advance(60_000)
  expect(await world.settled(held)).toMatchObject({ state: 'failed', resp_code: '60' })
  expect(await back('refund', queryId, 1_000)).toBe('00')
})

test('the money returns to the card that paid; a refund of an advanced charge touches no card', async () => {
  const before = (await balance()) ?? 0
  const { queryId } = await world.paid(1_000)
  expect(await balance()).toBe(before - 1_000)
  await world.settled(await world.merchant.requestRefund('refund', queryId, 400))
  expect(await balance()).toBe(before - 600)
  await world.control.changeUser('wallet-1', {
    cards: [{ bank: '交通银行', kind: 'debit', last4: '6210', balance_fen: 0 }],
  })
  const advanced = await world.paid(500, await world.sign(metroPlan))
  await world.settled(await world.merchant.requestRefund('refund', advanced.queryId, 500))
  expect(await balance()).toBe(0)
  expect((await world.gateway.ledger()).at(-1)).toMatchObject({
    kind: 'refund',
    card: null,
    advanced: true,
    original_order_id: advanced.fields.orderId,
  })
})

test('a cancel takes the whole amount, once, and excludes refunds; a refund excludes the cancel', async () => {
  const first = await world.paid(1_000)
  expect(await back('cancel', first.queryId, 999)).toBe('36')
  expect(await back('cancel', first.queryId, 1_000)).toBe('00')
  expect(await back('cancel', first.queryId, 1_000)).toBe('45')
  expect(await back('refund', first.queryId, 1)).toBe('45')
  const second = await world.paid(1_000)
  expect(await back('refund', second.queryId, 1)).toBe('00')
  expect(await back('cancel', second.queryId, 1_000)).toBe('45')
})

test('a cancel works only on the clearing day of the charge, and only where the product allows it', async () => {
  await world.control.setClock(new Date('2027-03-05T14:50:00Z'))
  const { queryId } = await world.paid(1_000)
  await world.control.change({ cancel_allowed: false })
  expect(await back('cancel', queryId, 1_000)).toBe('32')
  await world.control.change({ cancel_allowed: true })
  await world.control.setClock(new Date('2027-03-05T15:00:00Z')) // 23:00 in Beijing: the next clearing day
  expect(await back('cancel', queryId, 1_000)).toBe('35')
  expect(await back('refund', queryId, 1_000)).toBe('00')
})

test('refunds are accepted for eleven months', async () => {
  const { queryId } = await world.paid(1_000)
  await world.control.advance(330 * dayMs - 60_000)
  expect(await back('refund', queryId, 1)).toBe('00')
  await world.control.advance(120_000)
  expect(await back('refund', queryId, 1)).toBe('35')
})

test("an original that is unknown, pending, failed, a refund, or another merchant's is 35", async () => {
  const { merchant, contract_id } = world
  await world.gateway.addRule({
    match: { amount_fen: 111 },
    effect: { kind: 'plain', book_after_ms: null },
  })
  await world.gateway.addRule({
    match: { amount_fen: 222 },
    effect: { kind: 'outcome', resp: '64' },
  })
  const pending = await merchant.charge(contract_id, 111)
  const failed = await merchant.charge(contract_id, 222)
  await world.settled(failed)
  const paid = await world.paid(1_000)
  const refund = await merchant.requestRefund('refund', paid.queryId, 100)
  await world.settled(refund)
  for (const one of [
    '202611230000000000018',
    pending.answer.queryId,
    failed.answer.queryId,
    refund.answer.queryId,
  ]) {
    expect(await back('refund', one ?? '', 1)).toBe('35')
  }
  expect(
    (await merchant.requestRefund('refund', paid.queryId, 1, { merId: secondMerchant })).answer
      .respCode,
  ).toBe('35')
})

test('for any sequence of requests the ledger never refunds more than was charged, nor in both ways', async () => {
  const wish = fc.record({
    kind: fc.constantFrom('refund' as const, 'refund' as const, 'cancel' as const),
    amount: fc.constantFrom(1, 100, 300, 500, 1_000),
    fails: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(wish, { minLength: 1, maxLength: 8 }), async (wishes) => {
      await world.begin()
      const { queryId } = await world.paid(1_000)
      const accepted = (
        await Promise.all(
          wishes.map(async ({ kind, amount, fails }, at) => {
            const orderId = `WISH${Date.now()}${at}`
            if (fails)
              await world.gateway.addRule({
                match: { order_id: orderId },
                effect: { kind: 'outcome', resp: '60' },
              })
            return world.merchant.requestRefund(kind, queryId, amount, { orderId })
          }),
        )
      ).filter((sent) => sent.answer.respCode === '00')
      await Promise.all(accepted.map(world.settled))
      const given = (await world.gateway.ledger()).slice(1)
      expect(given.reduce((sum, one) => sum + one.amount_fen, 0)).toBeLessThanOrEqual(1_000)
      if (given.some((one) => one.kind === 'cancel')) expect(given).toHaveLength(1)
      expect(await world.control.users()).toMatchObject([
        {
          cards: [
            { balance_fen: 99_000 + given.reduce((sum, one) => sum + one.amount_fen, 0) },
            {},
          ],
        },
        {},
        {},
      ])
    }),
    { numRuns: 15 },
  )
})

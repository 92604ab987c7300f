import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createMetrics } from '../../server/metrics/metrics.ts'
import { startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { until } from '../support/until.ts'

/**
 * Networks between us and UnionPay change answers, or answer themselves; the sandbox simulates
 * them.
 */

let world: ChargingWorld
let payer: Awaited<ReturnType<ChargingWorld['signed']>>
beforeAll(async () => {
  world = await startChargingWorld({ jobs: false })
  payer = await world.signed()
})
beforeEach(() => void (world.log.length = 0))
afterAll(() => world.stop())

const callsOf = (order_id: string): Record<string, unknown>[] =>
  world.log
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => line.order_id === order_id && line.txn_type === '01')
let amount_fen = 300
async function chargeUnder(effect: {
  kind: 'gzip' | 'deflate' | 'br' | 'bom' | 'line_ends' | 'html' | 'html_after' | 'redirect'
  status?: number
  notice?: 'never'
}) {
  amount_fen++
  await world.gateway.addRule({ match: { amount_fen, transaction: 'charge' }, effect, times: 1 })
  const charge = await world.merchant.charge(payer.want(amount_fen))
  const call = await until('the call is noted', () => callsOf(charge.order_id)[0])
  return { order_id: charge.order_id, call }
}

describe('a charge whose answer', () => {
  test.for(['gzip', 'deflate', 'br', 'bom', 'line_ends'] as const)(
    'arrived %s is read as if it were unchanged',
    async (kind) => {
      const { order_id, call } = await chargeUnder({ kind })
      expect(call).toMatchObject({ outcome: 'answer', code: '00', foreign: null, level: 30 })
      expect(await world.merchant.settled(order_id)).toMatchObject({ state: 'succeeded' })
    },
  )

  test('is a maintenance page after the money was taken stays open until UnionPay notifies, and the log shows the answer', async () => {
    const { order_id, call } = await chargeUnder({ kind: 'html_after' })
    expect(call).toMatchObject({
      level: 40,
      msg: 'something answered that is no message of UnionPay’s',
      outcome: 'broken_answer',
      foreign: 'page',
      detail: expect.stringMatching(/^HTTP 200: a web page titled “200 系统维护”/) as string,
    })
    // only the notification, which is signed, reports that it is paid
    expect(await world.merchant.settled(order_id)).toMatchObject({ state: 'succeeded' })
    expect((await world.merchant.read(order_id)).history.at(-1)).toMatchObject({
      source: 'notification',
    })
  })

  test.for([
    ['html', 200, 'page'],
    ['html', 503, 'page'],
    ['html_after', 200, 'page'],
    ['redirect', 302, 'redirect'],
  ] as const)(
    'is %s (HTTP %i) and that is never notified stays pending: neither paid nor failed',
    async ([kind, status, foreign]) => {
      const { order_id, call } = await chargeUnder({ kind, status, notice: 'never' })
      expect(call).toMatchObject({ outcome: 'broken_answer', foreign })
      expect(await world.merchant.read(order_id)).toMatchObject({
        state: 'pending',
        waits_for: 'notification',
      })
    },
  )
})

test('a signing whose answer is a page is unknown and queried; one with a compressed answer is signed', async () => {
  const play = (kind: 'html_after' | 'gzip') =>
    world.control.addRule({ interface: 'contract.apply', effect: { kind }, times: 1 })
  await play('gzip')
  await world.signed()
  world.log.length = 0
  await play('html_after')
  await world.signed().catch(() => {})
  const call = await until('the call is noted', () =>
    world.log
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .find((line) => line.interface === 'contract.apply'),
  )
  expect(call).toMatchObject({
    level: 40,
    outcome: 'broken_answer',
    foreign: 'page',
    detail: expect.stringContaining('系统维护') as string,
  })
})

test('what answered in UnionPay’s place is counted by operation and kind', async () => {
  const metrics = createMetrics()
  const call = { outcome: 'broken_answer', code: null, duration_ms: 5 }
  metrics.called({ ...call, operation: 'charge', foreign: 'page' })
  metrics.called({ ...call, operation: 'charge', foreign: 'page' })
  metrics.called({ ...call, operation: 'query', foreign: null })
  expect(
    await metrics.registry.getSingleMetricAsString('wugan_unionpay_foreign_answers_total'),
  ).toContain(
    'wugan_unionpay_foreign_answers_total{operation="charge",door="charge",kind="page"} 2',
  )
})

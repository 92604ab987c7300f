import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandomStream } from '../simulation/random-stream.ts'
import { until } from '../support/until.ts'
import { checkBooks } from './books.ts'
import { install, type Installation } from './installation.ts'
import { createMerchant, type Merchant } from './merchant.ts'
import { letSettle, read } from './settling.ts'

const drain_ms = 500
const answer_after_ms = 3_000
/**
 * docs/operations.md: DRAIN_MS, the longest wait to be sent, the longest wait for UnionPay, and a
 * margin.
 */
const bound_ms = drain_ms + 10_000 + 5_000 + 5_000

let at: Installation
let merchant: Merchant
beforeAll(async () => {
  at = await install(
    {
      database: 'embedded',
      servers: 1,
      env: { DRAIN_MS: String(drain_ms), CHARGE_WAIT_MS: '10000', UNIONPAY_TIMEOUT_MS: '5000' },
    },
    3,
  )
  merchant = createMerchant(
    { ...at, url: `http://localhost:${at.ports[0]}` },
    createRandomStream(1),
  )
})
afterAll(() => at?.stop())

const mayConnect = (): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(at.ports[0] ?? 0, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
const begin = (said: string): void =>
  void connect(at.ports[0] ?? 0, '127.0.0.1')
    .on('error', () => {})
    .write(said)

test('SIGTERM: charges in flight are answered, new connections are refused, nothing is lost, and the server exits in time with 0', async () => {
  await at.sandbox.control.change({ gateway_latency_ms: answer_after_ms })
  const charges = Promise.all([merchant.charge(), merchant.charge(), merchant.charge()])
  await until(
    'three charges are on their way',
    async () =>
      (
        await read<{ n: number }>(
          at,
          `select count(*)::int as n from charges where state = 'pending'`,
        )
      )[0]?.n === 3,
  )
  // clients that stopped sending receive no answer: before, within and after the headers
  begin('')
  begin('POST /v1/charges HTTP/1.1\r\nhost: localhost\r\ncontent-le')
  begin(
    'POST /v1/charges HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"contract_id"',
  )

  const answered_at = charges.then(() => performance.now())
  const stopped = at.servers[0]?.stop()
  await until(
    'readiness is negative while connections are accepted',
    async () => (await fetch(`http://localhost:${at.ports[0]}/health/ready`)).status === 503,
  )
  await until('connections are refused', async () => !(await mayConnect()))
  const closed_at = performance.now()
  expect((await charges).map(({ tries }) => tries)).toEqual([1, 1, 1])
  expect(closed_at).toBeLessThan(await answered_at)
  const { code, took_ms } = (await stopped) ?? {}
  expect(code).toBe(0)
  expect(took_ms).toBeLessThan(bound_ms)

  at.servers[0]?.start()
  await at.sandbox.control.change({ gateway_latency_ms: 0 })
  await at.ready()
  await letSettle(at)
  expect(await checkBooks(at, merchant)).toEqual({
    lost: [],
    double: [],
    wrong: [],
    never_left: 0,
    in_manual_review: 0,
  })
  expect(await at.gateway.ledger()).toHaveLength(3)
})

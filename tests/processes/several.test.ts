import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { realClock } from '../../server/kernel/clock.ts'
import { instantOf } from '../../server/kernel/ids.ts'
import { createMerchant, orderNo, refusal, retail } from '../support/charging.ts'
import { createPayer, type Payer } from '../support/payer.ts'
import { until } from '../support/until.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'
import { plan } from '../support/world.ts'
import { install, type Installation } from './installation.ts'
import { letSettle, read } from './settling.ts'

/** Queries a minute for one merchant number, of both processes together. */
const queries_per_minute = 120
const contracts = 4

let at: Installation
let merchants: [ReturnType<typeof createMerchant>, ReturnType<typeof createMerchant>]
beforeAll(async () => {
  at = await install(
    {
      database: 'DATABASE_URL',
      servers: 2,
      env: { QUERIES_PER_MINUTE: String(queries_per_minute) },
    },
    contracts,
  )
  const [one, other] = at.ports.map((port) => createMerchant(`http://localhost:${port}`, at.secret))
  merchants = [one, other] as typeof merchants
})
afterAll(() => at?.stop())

/** The times of this call to UnionPay, in order; for some orders only when they are named. */
const journal = async (name: string, order_ids?: readonly string[]): Promise<number[]> =>
  (await at.sandbox.control.journal())
    .filter((entry) => entry.direction === 'in' && entry.request?.url?.endsWith(name))
    .filter(({ request }) => {
      const body = JSON.stringify(request?.body)
      return !order_ids || order_ids.some((order_id) => body.includes(order_id))
    })
    .map((entry) => Date.parse(entry.at))
const want = (place: number, amount_fen = 100, more: object = {}) => ({
  contract: at.contracts[place % contracts],
  merchant_order_no: orderNo(),
  amount_fen,
  description: '乌龙茶',
  merchant_no: retail,
  ...more,
})
const payerAt = async (port: number | undefined, name: string): Promise<Payer> => {
  const { user_id } = await at.sandbox.control.addUser({
    name,
    mobile: `139${String(Math.trunc(performance.now() * 1_000))
      .slice(-8)
      .padStart(8, '0')}`,
    identity_last4: '1234',
    cards: [{ bank: '中国银行', kind: 'debit', last4: '1111' }],
  })
  return createPayer(`http://localhost:${port}`, at.sandbox.url, user_id)
}
/**
 * Each process has a clock of its own that follows the sandbox's; the number of a charge shows its
 * time.
 */
const followed = (merchant: ReturnType<typeof createMerchant>, instant: number): Promise<unknown> =>
  until(
    'its clock follows',
    async () => instantOf((await merchant.charge(want(3, 1))).order_id).getTime() >= instant,
  )

/** The log lines of one kind, by process. */
const logged = (fits: (line: string) => boolean): number[] =>
  at.ports.map(
    (_, place) =>
      readFileSync(join(at.folder, `server-${place + 1}.log`), 'utf8')
        .split('\n')
        .filter(fits).length,
  )

describe('two processes on one PostgreSQL', () => {
  test('request the token once, and once again when it has expired for both', async () => {
    expect(await journal('/backendToken')).toHaveLength(1)
    const { offset_ms } = await at.sandbox.control.advance(3 * 3_600_000)
    await until(
      'business time moved',
      async () =>
        (await read(at, 'select from shared_tokens where expires_at < business_now()')).length > 0,
    )
    await Promise.all(
      merchants.map((merchant) =>
        followed(merchant, realClock.now().getTime() + offset_ms - 60_000),
      ),
    )
    const payers = await Promise.all(
      at.ports.flatMap((port) => [payerAt(port, '甲'), payerAt(port, '乙')]),
    )
    await Promise.all(payers.map((payer) => payer.signIn()))
    const signed = await Promise.all(payers.map((payer) => payer.sign(plan.vending)))
    expect(signed.map(({ contract }) => contract?.state)).toEqual([
      'active',
      'active',
      'active',
      'active',
    ])
    expect(await journal('/backendToken')).toHaveLength(2)
  })

  test('keep the daily limit to the fen, and charge one intent once, whichever process is called', async () => {
    const charged = await Promise.all(
      Array.from({ length: 10 }, (_, place) =>
        refusal(merchants[(place % 2) as 0 | 1].charge(want(0, 3_000))),
      ),
    )
    expect(charged.filter((code) => code === 'over_daily_limit')).toHaveLength(4)
    const [body, key] = [want(1), orderNo()]
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, place) =>
        merchants[(place % 2) as 0 | 1].charge(body, key).then(
          ({ order_id }) => order_id,
          (error: Error) => error.message,
        ),
      ),
    )
    expect(new Set(answers.filter((one) => !one.includes('idempotency_key_busy'))).size).toBe(1)
    const one_order = await Promise.all(
      Array.from({ length: 6 }, (_, place) =>
        refusal(
          merchants[(place % 2) as 0 | 1].charge(
            want(2, 100, { merchant_order_no: body.merchant_order_no }),
          ),
        ),
      ),
    )
    expect(one_order).toEqual(Array.from({ length: 6 }, () => 'merchant_order_taken'))
    await letSettle(at)
    expect((await at.gateway.ledger()).filter(({ amount_fen }) => amount_fen === 100)).toHaveLength(
      1,
    )
  })

  test('share the queries: no order is queried twice for one slot, and together they keep the pace of the merchant number', async () => {
    const hook = await startWebhookReceiver()
    await merchants[0].call('POST', '/v1/webhook-endpoints', {
      url: hook.url,
      types: ['charge.succeeded'],
    })
    await at.sandbox.control.change({ payment_notice_timing: 'never' })
    const charges = await Promise.all(
      Array.from({ length: 12 }, (_, place) =>
        merchants[(place % 2) as 0 | 1].charge(want(1 + (place % 3))),
      ),
    )
    // a charge that has not left when the clock moves is too old to be sent
    for (const { order_id } of charges)
      await until(`${order_id} is at UnionPay`, () => at.gateway.order(order_id).catch(() => null))
    await at.sandbox.control.advance(6 * 60_000)
    await Promise.all(
      charges.map(({ order_id }, place) =>
        until(
          `${order_id} is settled`,
          async () => (await merchants[(place % 2) as 0 | 1].read(order_id)).state === 'succeeded',
        ),
      ),
    )

    // a charge whose request read the clock may not have left before the clock moved: it is queried
    // as well
    const asked = await journal(
      '/queryTrans.do',
      charges.map(({ order_id }) => order_id),
    )
    expect(asked).toHaveLength(charges.length)
    for (const { order_id } of charges)
      expect(await at.gateway.order(order_id)).toMatchObject({ queries: 1, violations: 0 })
    expect((asked.at(-1) ?? 0) - (asked[0] ?? 0)).toBeGreaterThan(
      ((charges.length - 1) * 60_000) / queries_per_minute - 400,
    )
    const by_process = logged(
      (line) => line.includes('"query') && charges.some(({ order_id }) => line.includes(order_id)),
    )
    expect(by_process.reduce((sum, one) => sum + one, 0)).toBe(charges.length)
    expect(Math.min(...by_process)).toBeGreaterThan(0)
    for (const { order_id } of charges) await hook.heard('charge.succeeded', order_id)
    // the charges of the previous test may be notified late
    const events = hook.received.filter(({ data }) =>
      charges.some(({ order_id }) => order_id === data.charge?.order_id),
    )
    expect(events).toHaveLength(charges.length)
    await hook.stop()
    expect((await at.gateway.view()).merchants.map(({ violations }) => violations)).toEqual([0, 0])
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chargeJobs } from '../../server/charges/jobs.ts'
import { newId, systemRandom } from '../../server/kernel/ids.ts'
import { realClock } from '../../server/kernel/clock.ts'
import { refundJobs } from '../../server/refunds/jobs.ts'
import type { App } from '../../server/app.ts'
import { orderNo, refusal, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { until } from '../support/until.ts'
import { freePort } from '../support/world.ts'

const minute = 60_000

let world: ChargingWorld
beforeAll(async () => {
  world = await startChargingWorld({ jobs: false, env: { QUERIES_PER_MINUTE: '6000' } })
})
afterAll(() => world.stop())

/** Runs the query jobs of the server once. */
async function runJobs(app: App = world.app): Promise<void> {
  for (const job of [...chargeJobs(app.charges), ...refundJobs(app.charges)])
    await job.run(new AbortController().signal)
}

/** The same; returns how many queries were sent. */
async function runQueries(app: App = world.app): Promise<number> {
  const before = (await queries()).length
  await runJobs(app)
  return (await queries()).length - before
}

/** The same until every due order was queried: the merchant number has a query slot every 10 ms. */
async function askAll(): Promise<void> {
  await until('nothing is due', async () => {
    await runJobs()
    const { rowCount } = await world.database.pool.query(
      `select from charges where state = 'pending' and waits_for = 'notification' and due_at <= business_now()`,
    )
    return rowCount === 0
  })
}

const queries = async () =>
  (await world.control.journal()).filter(({ request }) => request?.url?.endsWith('queryTrans.do'))
const violations = async () =>
  (await world.gateway.view()).merchants.reduce((sum, { violations: one }) => sum + one, 0)

/** A charge without a notification; `effect` decides its outcome at UnionPay. */
async function untold(effect: Record<string, unknown>, amount_fen: number) {
  const signed = await world.signed()
  await world.gateway.addRule({
    match: { amount_fen, transaction: 'charge' },
    effect: { kind: 'plain', notice: 'never', ...effect } as never,
    times: 1,
  })
  return { ...signed, charge: await world.merchant.charge(signed.want(amount_fen)) }
}

describe('a charge without a notification', () => {
  test('is queried once, after more than five minutes, and the answer settles it', async () => {
    const { charge } = await untold({}, 801)
    await world.booked(charge.order_id)
    expect(await runQueries()).toBe(0)
    await world.advance(5 * minute)
    expect(await runQueries()).toBe(0)
    await world.advance(15_000)
    await askAll()
    expect(await world.gateway.order(charge.order_id)).toMatchObject({ queries: 1 })
    const now = await world.merchant.read(charge.order_id)
    expect(now).toMatchObject({ state: 'succeeded', waits_for: null })
    expect(now.history.at(-1)).toMatchObject({ source: 'query', unionpay_code: '00' })
    await world.advance(300 * minute)
    expect(await runQueries()).toBe(0)
  })

  test('and without a final answer is queried five times in two hours, then waits for the statement, then needs manual review', async () => {
    const { charge, want } = await untold({ book_after_ms: null }, 802)
    // by business time, which advances while the test works
    const minutes = () =>
      (world.app.charges.clock.now().getTime() - Date.parse(charge.accepted_at)) / minute
    const asked: { after: number; before: number }[] = []
    while (minutes() < 200) {
      const after = minutes()
      await world.advance(minute)
      await askAll()
      if ((await world.gateway.order(charge.order_id)).queries > asked.length)
        asked.push({ after, before: minutes() })
    }
    expect(asked).toHaveLength(5)
    for (const [place, slot] of [5, 10, 30, 60, 120].entries()) {
      expect(asked[place]?.before).toBeGreaterThan(slot)
      expect(asked[place]?.after).toBeLessThanOrEqual(slot + 2)
    }
    expect(await world.merchant.read(charge.order_id)).toMatchObject({
      state: 'pending',
      waits_for: 'statement',
      next_query_at: null,
      unionpay_code: '05',
    })
    await world.advance(73 * 60 * minute)
    await runQueries()
    expect(await world.merchant.read(charge.order_id)).toMatchObject({
      state: 'pending',
      waits_for: 'manual_review',
    })
    expect(
      world.log.some(
        (line) => line.includes('order_needs_manual_review') && line.includes(charge.order_id),
      ),
    ).toBe(true)
    expect(
      await refusal(
        world.merchant.send(want(802, { merchant_order_no: charge.merchant_order_no })),
      ),
    ).toBe('merchant_order_taken')
    expect(await violations()).toBe(0)
  })

  test.for([
    ['timeout_after', 'succeeded'],
    ['reset_after', 'succeeded'],
    ['garbage', 'succeeded'],
    ['html', 'pending'],
    ['empty', 'succeeded'],
    ['wrong_signature', 'succeeded'],
    ['foreign_certificate', 'succeeded'],
    ['other_order', 'succeeded'],
    ['timeout_before', 'pending'],
    ['reset_before', 'pending'],
  ] as const)('after %s stays unknown until a query says %s', async ([kind, state]) => {
    const { charge } = await untold({ kind, ms: 1_500 }, 810)
    expect(charge).toMatchObject({ state: 'pending', waits_for: 'notification' })
    if (state === 'succeeded') await world.booked(charge.order_id)
    await world.advance(6 * minute)
    await askAll()
    expect(await world.merchant.read(charge.order_id)).toMatchObject({ state, needs_review: false })
    expect(await violations()).toBe(0)
  })
})

describe('a crash between commit and send', () => {
  test('leaves a charge that is queried and never sent again', async () => {
    const { want, contract } = await world.signed()
    const { charge: like } = await untold({}, 820)
    const order_id = newId(realClock, systemRandom)
    await world.database.pool.query(
      `insert into charges (order_id, contract_ref, plan_id, merchant_no, merchant_order_no, amount_fen, description, txn_time, accepted_on, profile_digest, waits_for, due_at)
       select $1, $2, plan_id, merchant_no, $3, 350, description, to_char(business_now() at time zone 'Asia/Shanghai', 'YYYYMMDDHH24MISS'), accepted_on, profile_digest, 'notification',
         business_now() + interval '330 seconds' from charges where order_id = $4`,
      [order_id, contract, orderNo(), like.order_id],
    )
    await world.advance(200 * minute)
    for (let at = 0; at < 60; at++) {
      await askAll()
      await world.advance(minute)
    }
    expect(await world.merchant.read(order_id)).toMatchObject({
      state: 'pending',
      waits_for: 'statement',
    })
    expect((await world.gateway.ledger()).some((entry) => entry.order_id === order_id)).toBe(false)
    expect((await world.merchant.charge(want())).state).toBe('pending')
    expect(await violations()).toBe(0)
  })
})

describe('pacing', () => {
  test('holds for two server processes that query at once, and across a restart', async () => {
    const second = await world.secondServer()
    const { charge } = await untold({ book_after_ms: null }, 830)
    for (let at = 0; at < 40; at++) {
      await world.advance(minute)
      await Promise.all([runQueries(), runQueries(second), runQueries(), runQueries(second)])
      await askAll()
    }
    await second.close()
    expect((await world.gateway.order(charge.order_id)).queries).toBe(3)
    expect(await violations()).toBe(0)
  })

  test('a server that is behind schedule does not query an order faster than every five minutes', async () => {
    const { charge } = await untold({ book_after_ms: null }, 831)
    await world.advance(100 * minute)
    for (let at = 0; at < 30; at++) {
      await askAll()
      await world.advance(minute)
    }
    expect((await world.gateway.order(charge.order_id)).violations).toBe(0)
    expect((await world.gateway.order(charge.order_id)).queries).toBe(5)
  })

  test('37 stops the queries of the merchant number for a while, and the order keeps its state', async () => {
    const one = await untold({}, 832)
    const other = await untold({}, 833)
    for (const { charge } of [one, other]) await world.booked(charge.order_id)
    await world.gateway.addRule({
      match: { transaction: 'query' },
      effect: { kind: 'resp', resp: '37' },
      times: 1,
    })
    await world.advance(6 * minute)
    expect(await runQueries()).toBe(1)
    // five minutes to the next slot of the schedule, at least twice that now
    const { rows } = await world.database.pool.query<{ gap_s: number }>(
      `select extract(epoch from due_at - asked_at)::float8 as gap_s from charges where asked_at is not null and order_id = any($1)`,
      [[one, other].map(({ charge }) => charge.order_id)],
    )
    expect(rows.map(({ gap_s }) => gap_s >= 10 * 60)).toEqual([true])
    expect(await runQueries()).toBe(0)
    await world.advance(10 * minute)
    expect(await runQueries()).toBe(0)
    await world.advance(30 * minute)
    await askAll()
    for (const { charge } of [one, other])
      expect(await world.merchant.read(charge.order_id)).toMatchObject({ state: 'succeeded' })
    expect(world.log.some((line) => line.includes('queries_too_frequent'))).toBe(true)
  })

  test('one merchant number queries no faster than its rate, however many orders are due', async () => {
    const slow = await startChargingWorld({ jobs: false, env: { QUERIES_PER_MINUTE: '2' } })
    const { want } = await slow.signed()
    await slow.gateway.addRule({ effect: { kind: 'plain', notice: 'never' } })
    for (const amount of [1, 2, 3, 4]) await slow.merchant.charge(want(amount))
    const ask = async (): Promise<number> => {
      let asked = 0
      for (let round = 0; round < 3; round++)
        asked += (await chargeJobs(slow.app.charges)[0]?.run(new AbortController().signal)) ?? 0
      return asked
    }
    await slow.advance(6 * minute)
    expect(await ask()).toBe(1)
    await slow.advance(20_000)
    expect(await ask()).toBe(0)
    await slow.advance(11_000)
    expect(await ask()).toBe(1)
    await slow.stop()
  })
})

test('when the gateway cannot be reached, a charge fails as not sent and may be tried again', async () => {
  const port = await freePort()
  const closed = await startChargingWorld({
    env: { UNIONPAY_GATEWAY_URL: `http://localhost:${port}` },
  })
  const { payer, want, contract } = await closed.signed()
  const wish = want()
  const charge = await closed.merchant.charge(wish)
  expect(charge).toMatchObject({ state: 'failed', reason: 'not_sent', unionpay_code: null })
  expect((await payer.contract(contract)).used_today_fen).toBe(0)
  expect((await closed.merchant.send(wish)).status).toBe(201)
  await closed.stop()
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAcceptBatcher, type NewCharge } from '../../server/charges/accept-store.ts'
import { realClock } from '../../server/kernel/clock.ts'
import { newId, systemRandom } from '../../server/kernel/ids.ts'
import {
  createSettleBatcher,
  type PaidNotification,
} from '../../server/notifications/receive-payment.ts'
import type { Database } from '../../server/storage/database.ts'
import {
  createMerchant,
  orderNo,
  refusal,
  retail,
  startChargingWorld,
  type ChargingWorld,
} from '../support/charging.ts'
import { until } from '../support/until.ts'
import { plan } from '../support/world.ts'

let world: ChargingWorld
let contracts: string[]
beforeAll(async () => {
  world = await startChargingWorld({ jobs: false })
  contracts = []
  for (let made = 0; made < 4; made++) contracts.push((await world.signed()).contract)
})
afterAll(() => world.stop())
beforeEach(() => world.database.pool.query('update contract_days set used_fen = 0'))

const fresh = (): string => newId(realClock, systemRandom)
const wanted = (contract_ref: string, more: Partial<NewCharge> = {}): NewCharge => ({
  order_id: fresh(),
  contract_ref,
  plan_id: plan.vending,
  profile_digest: world.app.charges.payments.profile_digest ?? '',
  merchant_no: retail,
  merchant_order_no: orderNo(),
  amount_fen: 100,
  description: '乌龙茶',
  daily_limit_fen: 20_000,
  owner: 'test',
  key: orderNo(),
  body_digest: 'digest',
  due_in_s: 320,
  sends_now: true,
  notice: 'none',
  ...more,
})
const accept = (
  charges: readonly NewCharge[],
  database: Pick<Database, 'pool'> = world.database,
) => {
  const accepting = createAcceptBatcher(database, new Set())
  return Promise.all(
    charges.map((charge) =>
      accepting(charge).then(
        (one) => one?.order_id ?? null,
        (error: { code?: string }) => error.code ?? String(error),
      ),
    ),
  )
}
const one = async <Row>(text: string, values: unknown[]): Promise<Row> =>
  (await world.database.pool.query(text, values)).rows[0] as Row
/** Rows written by one commit have the same xmin. */
const commits = async (charges: readonly { order_id: string }[]): Promise<number> =>
  (
    await one<{ n: number }>(
      'select count(distinct xmin::text) as n from charges where order_id = any($1)',
      [charges.map(({ order_id }) => order_id)],
    )
  ).n
const traces = async ({ order_id, key }: NewCharge) =>
  one<{ charges: number; keys: number; history: number }>(
    `select (select count(*) from charges where order_id = $1) as charges, (select count(*) from idempotency_keys where key = $2) as keys,
    (select count(*) from order_history where order_id = $1) as history`,
    [order_id, key],
  )
const used = async (contract_ref: string): Promise<number> =>
  (
    await one<{ n: number }>(
      'select coalesce(sum(used_fen), 0)::bigint as n from contract_days where contract_ref = $1',
      [contract_ref],
    )
  ).n
const nothing = { charges: 0, keys: 0, history: 0 }

describe('charges that arrive at once', () => {
  test('share a commit', async () => {
    const charges = contracts.map((contract) => wanted(contract))
    expect(await accept(charges)).toEqual(charges.map(({ order_id }) => order_id))
    expect(await commits(charges)).toBe(1)
  })

  test('of one contract do not, and together stay within its limit to the fen', async () => {
    const [contract = ''] = contracts
    const charges = Array.from({ length: 12 }, () => wanted(contract, { amount_fen: 3_000 }))
    const accepted = (await accept(charges)).filter((order_id) => order_id !== null)
    expect([accepted.length, await used(contract)]).toEqual([6, 18_000])
    expect(await commits(charges)).toBe(6)
  })

  test('a refused one leaves no trace and does not affect the others', async () => {
    const [first = '', second = '', third = '', fourth = ''] = contracts
    const paid = wanted(first)
    await accept([paid])
    await world.database.pool.query(`update contracts set state = 'terminating' where id = $1`, [
      third,
    ])
    const bad = [
      wanted(first, { merchant_order_no: paid.merchant_order_no }),
      wanted(second, { amount_fen: 20_001 }),
      wanted(third),
    ]
    const good = wanted(fourth)
    expect(await accept([...bad, good])).toEqual([null, null, null, good.order_id])
    await world.database.pool.query(`update contracts set state = 'active' where id = $1`, [third])
    for (const charge of bad) expect(await traces(charge)).toEqual(nothing)
    expect([await used(first), await used(second), await used(third), await used(fourth)]).toEqual([
      100, 0, 0, 100,
    ])
  })

  test('a concurrent duplicate breaks the batch; the others are accepted one by one', async () => {
    const charges = contracts.map((contract) => wanted(contract))
    const [twin] = charges as [NewCharge]
    const other = await world.database.pool.connect()
    await other.query('begin')
    await other.query(
      `insert into idempotency_keys (owner, verb, key, body_digest, order_id) values ($1, 'charge', $2, 'digest', 'TWIN')`,
      [twin.owner, twin.key],
    )
    const accepting = accept(charges)
    await until(
      'the batch waits for the twin',
      async () =>
        (
          await one<{ n: number }>(
            `select count(*) as n from pg_stat_activity where wait_event_type = 'Lock' and query like '%idempotency_keys%' and datname = current_database()`,
            [],
          )
        ).n > 0,
    )
    await other.query('commit')
    other.release()
    expect(await accepting).toEqual([null, ...charges.slice(1).map(({ order_id }) => order_id)])
    expect(await commits(charges)).toBe(3)
    expect([await used(twin.contract_ref), (await traces(twin)).charges]).toEqual([0, 0])
  })

  test('for one merchant_order_no: one is accepted, the others are refused', async () => {
    const merchant_order_no = orderNo()
    const notices = await accept(
      contracts.map((contract) => wanted(contract, { merchant_order_no })),
    )
    expect(notices.filter((order_id) => order_id !== null)).toHaveLength(1)
  })
})

describe('a commit in doubt', () => {
  /** Loses the connection at the statement, after or before the database executed it. */
  const losing = (done: boolean): Pick<Database, 'pool'> => ({
    pool: {
      query: world.database.pool.query.bind(world.database.pool),
      connect: async () => {
        const client = await world.database.pool.connect()
        const query = async (...args: unknown[]): Promise<never> => {
          if (done) await (client.query as (...all: unknown[]) => Promise<unknown>)(...args)
          throw new Error('Connection terminated unexpectedly')
        }
        return { query, release: () => client.release(true) }
      },
    } as unknown as Database['pool'],
  })

  test('is looked up again: existing rows count as accepted, once', async () => {
    const charges = contracts.map((contract) => wanted(contract))
    expect(await accept(charges, losing(true))).toEqual(charges.map(({ order_id }) => order_id))
    expect(await commits(charges)).toBe(1)
  })

  test('without rows is not retried, and its charge is not sent', async () => {
    const charges = contracts.map((contract) => wanted(contract))
    expect(await accept(charges, losing(false))).toEqual(charges.map(() => null))
    for (const charge of charges) expect(await traces(charge)).toEqual(nothing)
  })
})

describe('payment notifications that arrive at once', () => {
  const notified = (
    { order_id }: NewCharge,
    txn_time: string,
    more: Partial<PaidNotification> = {},
  ): PaidNotification => ({
    order_id,
    order: {
      txn_time,
      merchant_no: retail,
      amount_fen: 100,
      profile_digest: world.app.charges.payments.profile_digest ?? '',
    },
    id: fresh(),
    kind: 'payment',
    body_digest: fresh(),
    body_sealed: 'sealed',
    unionpay_code: '00',
    unionpay_text: '成功',
    query_id: '69',
    settle_on: '2026-11-23',
    ...more,
  })
  const accepted = async () => {
    const charges = contracts.map((contract) => wanted(contract))
    await accept(charges)
    const { txn_time } = await one<{ txn_time: string }>(
      'select txn_time from charges where order_id = $1',
      [charges[0]?.order_id],
    )
    return { charges, notices: charges.map((charge) => notified(charge, txn_time)) }
  }
  const stored = async (notices: readonly PaidNotification[]): Promise<number> =>
    (
      await one<{ n: number }>('select count(*) as n from notifications where id = any($1)', [
        notices.map(({ id }) => id),
      ])
    ).n
  const states = async (charges: readonly NewCharge[]): Promise<string[]> =>
    Promise.all(
      charges.map(
        async ({ order_id }) =>
          (
            await one<{ state: string }>('select state from charges where order_id = $1', [
              order_id,
            ])
          ).state,
      ),
    )

  test('settle in one commit, each stored with its history', async () => {
    const { charges, notices } = await accepted()
    const settling = createSettleBatcher(world.database)
    expect(await Promise.all(notices.map(settling))).toEqual([true, true, true, true])
    expect([await commits(charges), await stored(notices)]).toEqual([1, 4])
    expect(await world.merchant.read(charges[0]?.order_id ?? '')).toMatchObject({
      state: 'succeeded',
      waits_for: null,
      history: [{}, { from: 'pending', to: 'succeeded', source: 'notification' }],
    })
  })

  test('one that does not match its order leaves no trace and does not affect the others', async () => {
    const { charges, notices } = await accepted()
    const [first, second, third, fourth] = notices as [
      PaidNotification,
      PaidNotification,
      PaidNotification,
      PaidNotification,
    ]
    await world.database.pool.query('update charges set needs_review = true where order_id = $1', [
      third.order_id,
    ])
    const settling = createSettleBatcher(world.database)
    expect(
      await Promise.all(
        [
          { ...first, order: { ...(first.order as object), amount_fen: 1 } as never },
          { ...second, order_id: 'NOBODYS' },
          third,
          fourth,
        ].map(settling),
      ),
    ).toEqual([false, false, false, true])
    expect(await states(charges)).toEqual(['pending', 'pending', 'pending', 'succeeded'])
    expect(await stored(notices)).toBe(1)
  })

  test('a repeat breaks its batch and changes nothing; all are then processed one by one', async () => {
    const { charges, notices } = await accepted()
    const settling = createSettleBatcher(world.database)
    await settling(notices[0] as PaidNotification)
    const again = {
      ...(notices[1] as PaidNotification),
      body_digest: notices[0]?.body_digest ?? '',
    }
    expect(await Promise.all([again, notices[2] as PaidNotification].map(settling))).toEqual([
      false,
      false,
    ])
    expect(await states(charges)).toEqual(['succeeded', 'pending', 'pending', 'pending'])
  })
})

test('a server that closes answers every caller whose charge it accepted', async () => {
  const server = await world.secondServer()
  const merchant = createMerchant(server.url, await world.key(['charge']))
  await world.gateway.addRule({ match: { amount_fen: 77 }, effect: { kind: 'delay', ms: 400 } })
  const sent = contracts.map((contract) =>
    merchant.charge({
      merchant_order_no: orderNo(),
      amount_fen: 77,
      description: '茶',
      contract,
      merchant_no: retail,
    }),
  )
  await until(
    'all are accepted',
    async () =>
      (await one<{ n: number }>('select count(*) as n from charges where amount_fen = 77', []))
        .n === contracts.length,
  )
  await server.close()
  expect((await Promise.all(sent)).map(({ unionpay_code }) => unionpay_code)).toEqual(
    contracts.map(() => '00'),
  )
  expect(await refusal(merchant.charge({}))).toMatch(/fetch failed/)
})

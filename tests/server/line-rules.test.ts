import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lowestId } from '../../server/kernel/ids.ts'
import { findDeviations, readDeviations } from '../../server/reconciliation/compare.ts'
import { judgeLine, type Deviation } from '../../server/reconciliation/judge-line.ts'
import { withStagedLines } from '../../server/reconciliation/stage.ts'
import { boundsOf } from '../../server/reconciliation/statement.ts'
import type { StatementLine } from '../../server/unionpay/statements.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const [merchant_no, day, clearing_day_ends] = ['898310148160568', '2026-11-22', '23:00']
const noon = new Date(boundsOf(day, clearing_day_ends).from.getTime() + 12 * 3_600_000)
const id_prefix = lowestId(noon).slice(0, 20)
const most_lines = 30

let made: TestDatabase
beforeAll(async () => {
  made = await createTestDatabase()
  await made.database.pool.query(`
    insert into users (id, user_id, origin) values ('u', 'u', 'sdk');
    insert into charge_profiles (digest, name, body) values ('p', 'p', '{}');
    insert into contracts (id, user_ref, plan_id, contract_code, signed_through, state, expires_at) values ('c', 'u', 'plan', 'c', 'sdk', 'active', business_now())`)
})
afterAll(() => made.drop())

type Order = Pick<Deviation, 'state' | 'our_amount_fen' | 'settle_on'> & {
  order_kind: 'charge' | 'refund' | 'cancel'
}
type Case = {
  order: Order
  line: Pick<Deviation, 'txn_type' | 'amount_fen' | 'fee_fen' | 'settled_fen'>
}

/** Mostly valid input: two readings of a rule differ only near valid values. */
const mostly = <Value>(right: Value, ...others: Value[]): fc.Arbitrary<Value> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constant(right) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  )
const oneCase: fc.Arbitrary<Case> = fc
  .record({
    order_kind: fc.constantFrom('charge', 'charge', 'refund', 'cancel'),
    type: mostly('own', '01', '04', '31', '99'),
    state: mostly('succeeded', 'pending', 'failed'),
    settle_on: mostly<string | null>(day, '2026-11-21', null),
    our_amount_fen: fc.constantFrom(1, 99, 100, 10_000, 10_013, 131_579),
    amount_off: mostly(0, 1, -1),
    rate: mostly(38, 0, 60),
    fee_off: fc.constantFrom(0, 0, 1, -1, 2, -2),
    settled_off: mostly(0, 1, -1),
    unsettled: mostly(false, true),
  })
  .map(({ type, amount_off, rate, fee_off, settled_off, unsettled, ...order }) => {
    const amount_fen = Math.max(1, order.our_amount_fen + amount_off)
    const sign = order.order_kind === 'charge' ? 1 : -1
    const fee_fen = unsettled ? 0 : -sign * Math.round((amount_fen * rate) / 10_000) + fee_off
    const own = { charge: '01', refund: '04', cancel: '31' }[order.order_kind]
    const settled_fen = unsettled ? 0 : sign * amount_fen + fee_fen + settled_off
    return {
      order,
      line: { txn_type: type === 'own' ? own : type, amount_fen, fee_fen, settled_fen },
    }
  })

const orderId = (place: number): string => `${id_prefix}${String(place).padStart(6, '0')}`

/** A charge that no line names, which holds the refunds. */
async function insertOrders(cases: readonly Case[]): Promise<void> {
  const { pool } = made.database
  const orders = JSON.stringify(
    cases.map(({ order }, place) => ({ order_id: orderId(place), ...order })),
  )
  const given = `jsonb_to_recordset($1) as o (order_id text, order_kind text, state text, our_amount_fen bigint, settle_on date)`
  await pool.query('delete from refunds; delete from charges')
  await pool.query(
    `insert into charges (order_id, contract_ref, plan_id, merchant_no, merchant_order_no, amount_fen, description, txn_time, accepted_at, accepted_on, profile_digest, state, settle_on)
     select order_id, 'c', 'plan', $2, order_id, our_amount_fen, '', '', $3::timestamptz, $4::date, 'p', state, settle_on from ${given} where order_kind = 'charge'
     union all select $5, 'c', 'plan', $2, $5, 1, '', '', $3, $4, 'p', 'failed', null`,
    [orders, merchant_no, noon, day, orderId(999_999)],
  )
  await pool.query(
    `insert into refunds (order_id, charge_ref, kind, merchant_no, amount_fen, description, txn_time, accepted_at, profile_digest, state, settle_on)
     select order_id, $4, order_kind, $2, our_amount_fen, '', '', $3::timestamptz, 'p', state, settle_on from ${given} where order_kind <> 'charge'`,
    [orders, merchant_no, noon, orderId(999_999)],
  )
}

/**
 * The lines that the comparison in SQL selects for the line rules, by their position in the file.
 */
async function selectedBySql(cases: readonly Case[], fee: number | null): Promise<Deviation[]> {
  const lines = cases.map(({ line }, place): StatementLine => ({
    kind: 'payment',
    order_id: orderId(place),
    query_id: '',
    trace: '',
    ...line,
  }))
  async function* pieces() {
    yield lines
  }
  return withStagedLines(made.database, pieces(), new AbortController().signal, async (db) => {
    await findDeviations(db, { merchant_no, day, clearing_day_ends, fee })
    return readDeviations(db, -1, most_lines)
  })
}

const isAsWeHaveIt = (line: Deviation, fee: number | null): boolean => {
  const { outcome, breaks, moves } = judgeLine(line, day, fee)
  return outcome === null && breaks.length === 0 && !moves
}

test('SQL omits exactly the lines about which the line rules report nothing', async () => {
  let [left_out, judged] = [0, 0]
  await fc.assert(
    fc.asyncProperty(
      fc.array(oneCase, { minLength: 20, maxLength: most_lines }),
      mostly<number | null>(38, 60, 0, null),
      async (cases, fee) => {
        await insertOrders(cases)
        const selected = await selectedBySql(cases, fee)
        const expected = cases.flatMap(({ order, line }, place) =>
          isAsWeHaveIt(
            {
              line: place + 1,
              adjustment: false,
              repeated: false,
              seen_before: false,
              order_id: orderId(place),
              query_id: '',
              trace: '',
              ...order,
              ...line,
            },
            fee,
          )
            ? []
            : [place + 1],
        )
        expect(selected.map(({ line }) => line)).toEqual(expected)
        left_out += cases.length - expected.length
        judged += expected.length
      },
    ),
    { numRuns: 25 },
  )
  expect(left_out).toBeGreaterThan(50)
  expect(judged).toBeGreaterThan(50)
})

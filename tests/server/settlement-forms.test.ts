import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Outcome } from '../../server/transactions/outcome.ts'
import { settleTransaction } from '../../server/charges/settlement.ts'
import { writePaid } from '../../server/charges/settlement-store.ts'
import { realClock } from '../../server/kernel/clock.ts'
import { newId, systemRandom } from '../../server/kernel/ids.ts'
import { transaction } from '../../server/storage/database.ts'
import { until } from '../support/until.ts'
import { orderNo, startChargingWorld, type ChargingWorld } from '../support/charging.ts'

/**
 * UnionPay's paid orders settle one by one, or many in one statement: both must write the same
 * rows.
 */

let world: ChargingWorld
let original: string
beforeAll(async () => {
  world = await startChargingWorld({ jobs: false })
  original = (await world.paid(700)).charge.order_id
})
afterAll(() => world.stop())

type Before = 'pending' | 'failed' | 'in review' | 'paid' | 'sibling paid' | 'sibling in review'
type Case = Pick<Outcome, 'unionpay_code' | 'unionpay_text' | 'query_id' | 'settle_on'> & {
  before: Before
}
const learned = fc.option(fc.constantFrom('known', 'new'), { nil: null })
const cases: fc.Arbitrary<Case> = fc.record({
  unionpay_code: fc.option(fc.constantFrom('00', '03'), { nil: null }),
  unionpay_text: learned,
  query_id: learned,
  settle_on: fc.option(fc.constantFrom('2026-11-22', '2026-11-23'), { nil: null }),
  before: fc.constantFrom<Before>(
    'pending',
    'pending',
    'pending',
    'failed',
    'in review',
    'paid',
    'sibling paid',
    'sibling in review',
  ),
})

/** A row in its earlier state, with its sibling where there is one. Returns its order_id. */
async function make({ before }: Pick<Case, 'before'>): Promise<string> {
  const { pool } = world.database
  const own = ['failed', 'paid'].includes(before)
    ? { failed: 'failed', paid: 'succeeded' }[before as 'paid']
    : 'pending'
  const insert = async (merchant_order_no: string, state: string, in_review: boolean) => {
    const order_id = newId(realClock, systemRandom)
    await pool.query(
      `insert into charges (order_id, contract_ref, plan_id, merchant_no, merchant_order_no, amount_fen, description, txn_time, accepted_on, profile_digest, state,
             needs_review, review_reason, unionpay_text, query_id, waits_for, due_at, sent_at, resolved_by)
           select $1, contract_ref, plan_id, merchant_no, $2, 5, description, txn_time, accepted_on, profile_digest, $3,
             $4, case when $4 then 'differs_from_order' end, 'earlier', 'earlier', 'notification', business_now(), business_now(), 'x' from charges where order_id = $5`,
      [order_id, merchant_order_no, state, in_review, original],
    )
    return order_id
  }
  const merchant_order_no = orderNo()
  if (before === 'sibling paid') await insert(merchant_order_no, 'succeeded', false)
  if (before === 'sibling in review') await insert(merchant_order_no, 'failed', true)
  return insert(merchant_order_no, own, before === 'in review')
}

/** Everything of a row and its history except its names and instants. */
async function rowOf(order_id: string): Promise<unknown> {
  const { pool } = world.database
  const { rows } = await pool.query(
    `select state, reason, unionpay_code, unionpay_text, query_id, settle_on::text, needs_review, review_reason, settled_at is null as is_open,
       due_at is null as is_never_due, waits_for, sent_at is null as never_left from charges where order_id = $1`,
    [order_id],
  )
  const history = await pool.query(
    `select from_state, to_state, source, reason, unionpay_code, author from order_history where order_id = $1 order by seq`,
    [order_id],
  )
  return { row: rows[0] as unknown, history: history.rows }
}

test('charges settled as paid in one statement equal those settled one by one, and rows outside the statement are untouched', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(cases, { minLength: 1, maxLength: 8 }), async (generated) => {
      const made = []
      for (const one of generated)
        made.push({ one, single: await make(one), batch: await make(one) })
      const before = new Map<string, unknown>()
      for (const { batch } of made) before.set(batch, await rowOf(batch))
      const settled = new Set(
        await writePaid(
          world.database.pool,
          'notification',
          made.map(({ one: { before: _before, ...paid }, batch }) => ({
            ...paid,
            order_id: batch,
          })),
        ),
      )
      for (const { one, single, batch } of made) {
        const is_plain = one.before === 'pending'
        expect(settled.has(batch), one.before).toBe(is_plain)
        if (!is_plain) {
          expect(await rowOf(batch)).toEqual(before.get(batch))
          continue
        }
        const { before: _before, ...outcome } = one
        await transaction(world.database, (db) =>
          settleTransaction(db, 'charges', single, {
            ...outcome,
            state: 'succeeded',
            source: 'notification',
          }),
        )
        expect(await rowOf(batch)).toEqual(await rowOf(single))
      }
    }),
    { numRuns: 15 },
  )
})

test('an outcome waits for another one that settles the same charge, and is decided by the result', async () => {
  const { pool } = world.database
  const order_id = await make({ before: 'pending' })
  const first = await pool.connect()
  await first.query('begin')
  await settleTransaction(first, 'charges', order_id, { state: 'succeeded', source: 'query' })
  const second = transaction(world.database, (db) =>
    settleTransaction(db, 'charges', order_id, {
      state: 'failed',
      source: 'notification',
      unionpay_code: '64',
    }),
  )
  await until('the second waits', async () => {
    const { rowCount } = await pool.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return rowCount
  })
  await first.query('commit')
  first.release()
  await second
  expect(await rowOf(order_id)).toMatchObject({
    row: { state: 'succeeded', needs_review: true, review_reason: 'failed_after_success' },
  })
})

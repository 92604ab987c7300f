import { slotAfter } from '../kernel/query-schedule.ts'
import type { Queryable } from '../storage/database.ts'
import type { ChargeRow } from './charge.ts'
import type { Finding, OrderTable } from './order.ts'
import type { Pace } from './query-slots.ts'
import { listedOf } from './store.ts'

/** SQL of what is learned of an order without settling it; no state changes here. */

/** What was learned of an order without settling it: UnionPay's number, its clearing day, its last word on a pending one. */
const learned_columns = `query_id = coalesce(t.query_id, o.query_id), settle_on = coalesce(t.settle_on, o.settle_on),
  unionpay_code = case when t.state = 'pending' then coalesce(o.unionpay_code, t.unionpay_code) else t.unionpay_code end,
  unionpay_text = case when t.state = 'pending' then coalesce(o.unionpay_text, t.unionpay_text) else t.unionpay_text end`

/** The request ended at `clock.at`, with an answer or without: the schedule of queries counts from here, after `o.wait_s` seconds. */
const ended_columns = `due_at = case when t.ended_at is null and t.waits_for = 'notification' then clock.at + make_interval(secs => o.wait_s) else t.due_at end,
  ended_at = coalesce(t.ended_at, clock.at)`

export async function writeLearned(
  db: Queryable,
  table: OrderTable,
  order_id: string,
  finding: Finding,
): Promise<void> {
  const { query_id = null, settle_on = null, unionpay_code = null, unionpay_text = null } = finding
  if (query_id === null && settle_on === null && unionpay_code === null) return
  await db.query(
    `update ${table} t set ${learned_columns}
       from (values ($2::text, $3::date, $4::text, $5::text)) as o (query_id, settle_on, unionpay_code, unionpay_text)
      where t.order_id = $1`,
    [order_id, query_id, settle_on, unionpay_code, unionpay_text],
  )
}

export async function writeEnded(
  db: Queryable,
  table: OrderTable,
  order_id: string,
  pace: Pace,
  jitter_s: number,
): Promise<void> {
  await db.query(
    `update ${table} t set ${ended_columns} from (values ($2::float8)) as o (wait_s), (select business_now() as at) clock
      where t.order_id = $1 and t.ended_at is null`,
    [order_id, firstWait(pace) + jitter_s],
  )
}

/** Seconds from the end of a request to its first query. */
const firstWait = (pace: Pace): number => slotAfter(pace.schedule_minutes, 0) ?? 0

/** A synchronous answer that settles nothing, and what it said besides. */
export type OpenAnswer = Pick<Finding, 'query_id' | 'unionpay_code' | 'unionpay_text'> & {
  order_id: string
  jitter_s: number
}

/**
 * The requests of charges ended now, and their answers settled nothing: writeEnded and writeLearned of many in one statement
 * that commits by itself. Rows are locked in the order of their ids. Gives the charges as they are now.
 */
export async function writeAnswered(
  db: Queryable,
  answers: readonly OpenAnswer[],
  pace: Pace,
): Promise<ChargeRow[]> {
  const { rows } = await db.query<ChargeRow>({
    name: 'charges-answered',
    text: `
    with answers as (
      select *, null::date as settle_on from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::float8[])
        as o (order_id, query_id, unionpay_code, unionpay_text, wait_s)),
    locked as (select order_id from charges where order_id = any($1) order by merchant_order_no, order_id for update),
    clock as materialized (select business_now() as at),
    answered as (
      update charges t set ${ended_columns}, ${learned_columns}
      from locked join answers o using (order_id), clock where t.order_id = locked.order_id
      returning t.*)
    ${listedOf('answered')}`,
    values: [
      answers.map(({ order_id }) => order_id),
      answers.map(({ query_id }) => query_id ?? null),
      answers.map(({ unionpay_code }) => unionpay_code ?? null),
      answers.map(({ unionpay_text }) => unionpay_text ?? null),
      answers.map(({ jitter_s }) => firstWait(pace) + jitter_s),
    ],
  })
  return rows
}

/** The statement says on which day the order was cleared, whatever a notification named. */
export async function writeClearingDay(
  db: Queryable,
  table: OrderTable,
  order_id: string,
  day: string,
): Promise<void> {
  await db.query(`update ${table} set settle_on = $2 where order_id = $1`, [order_id, day])
}

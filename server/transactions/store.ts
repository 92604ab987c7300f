import { slotAfter } from '../kernel/query-schedule.ts'
import type { Queryable } from '../storage/database.ts'
import type { Outcome } from './outcome.ts'
import type { TransactionTable } from './transaction.ts'
import type { Pace } from './query-slots.ts'
import type { OrderHistoryEntry } from '../api.ts'

/**
 * SQL that charges and refunds share: what is learned of them without changing their state, and
 * their history.
 */

/** UnionPay's number, the clearing day, and the last code of a pending one. */
export const learned_columns = `query_id = coalesce(t.query_id, o.query_id), settle_on = coalesce(t.settle_on, o.settle_on),
  unionpay_code = case when t.state = 'pending' then coalesce(o.unionpay_code, t.unionpay_code) else t.unionpay_code end,
  unionpay_text = case when t.state = 'pending' then coalesce(o.unionpay_text, t.unionpay_text) else t.unionpay_text end`

/**
 * The request ended at `clock.at`, with an answer or without: the schedule of queries counts from
 * here, after `o.wait_s` seconds.
 */
export const ended_columns = `due_at = case when t.ended_at is null and t.waits_for = 'notification' then clock.at + make_interval(secs => o.wait_s) else t.due_at end,
  ended_at = coalesce(t.ended_at, clock.at)`

export async function writeLearned(
  db: Queryable,
  table: TransactionTable,
  order_id: string,
  outcome: Outcome,
): Promise<void> {
  const { query_id = null, settle_on = null, unionpay_code = null, unionpay_text = null } = outcome
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
  table: TransactionTable,
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
export const firstWait = (pace: Pace): number => slotAfter(pace.schedule_minutes, 0) ?? 0

/** The statement decides the clearing day, whatever a notification named. */
export async function writeClearingDay(
  db: Queryable,
  table: TransactionTable,
  order_id: string,
  day: string,
): Promise<void> {
  await db.query(`update ${table} set settle_on = $2 where order_id = $1`, [order_id, day])
}

export type NewHistory = {
  order_id: string
  from_state: string | null
  to_state: string
  source: string
  reason?: string | null
  unionpay_code?: string | null
  author?: string | null
}

/** History only grows. */
export async function appendHistory(db: Queryable, entry: NewHistory): Promise<void> {
  await db.query(
    `insert into order_history (order_id, from_state, to_state, source, reason, unionpay_code, author) values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      entry.order_id,
      entry.from_state,
      entry.to_state,
      entry.source,
      entry.reason ?? null,
      entry.unionpay_code ?? null,
      entry.author ?? null,
    ],
  )
}

export async function readOrderHistory(
  db: Queryable,
  order_id: string,
): Promise<OrderHistoryEntry[]> {
  const { rows } = await db.query<OrderHistoryEntry>(
    `select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, from_state as "from", to_state as "to", source, reason, unionpay_code, author
       from order_history where order_id = $1 order by seq limit 200`,
    [order_id],
  )
  return rows
}

/** Whether a person decided what became of it. */
export async function wasDecided(
  db: Queryable,
  table: TransactionTable,
  order_id: string,
): Promise<boolean> {
  return (
    (
      await db.query(`select from ${table} where order_id = $1 and resolved_by is not null`, [
        order_id,
      ])
    ).rowCount === 1
  )
}

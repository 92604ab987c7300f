import type { OrderHistoryEntry } from '../api.ts'
import type { Queryable } from '../storage/database.ts'
import { orderColumns, type Finding, type Order, type OrderTable } from './order.ts'
import { slotAfter } from '../kernel/query-schedule.ts'
import type { Pace } from './query-slots.ts'

/** SQL of what charges and refunds have in common. */

/** The row, locked until the transaction ends. */
export async function lockOrder(
  db: Queryable,
  table: OrderTable,
  order_id: string,
): Promise<Order | null> {
  return (
    (
      await db.query<Order>(`select ${orderColumns} from ${table} where order_id = $1 for update`, [
        order_id,
      ])
    ).rows[0] ?? null
  )
}

export async function writeSettled(
  db: Queryable,
  table: OrderTable,
  order_id: string,
  to: 'succeeded' | 'failed',
  finding: Finding,
  review: string | null,
): Promise<void> {
  await db.query(
    `update ${table} set state = $2, reason = $3, unionpay_code = coalesce($4, unionpay_code), unionpay_text = coalesce($5, unionpay_text),
       query_id = coalesce($6, query_id), settle_on = coalesce($7, settle_on), needs_review = needs_review or $8::text is not null,
       review_reason = coalesce($8, review_reason), settled_at = business_now(), changed_at = business_now(), due_at = null, waits_for = null
     where order_id = $1`,
    [
      order_id,
      to,
      finding.reason ?? null,
      finding.unionpay_code ?? null,
      finding.unionpay_text ?? null,
      finding.query_id ?? null,
      finding.settle_on ?? null,
      review,
    ],
  )
}

export async function writeReview(
  db: Queryable,
  table: OrderTable,
  order_id: string,
  review: string,
): Promise<void> {
  await db.query(
    `update ${table} set needs_review = true, review_reason = $2, changed_at = business_now() where order_id = $1`,
    [order_id, review],
  )
}

/** A person decided. */
export async function writeResolved(
  db: Queryable,
  table: OrderTable,
  order_id: string,
  to: 'succeeded' | 'failed',
  author: string,
): Promise<void> {
  await db.query(
    `update ${table} set state = $2, needs_review = false, review_reason = null, resolved_by = $3, due_at = null, waits_for = null,
       reason = case when state = $2 then reason when $2 = 'failed' then 'decided_by_person' end,
       settled_at = coalesce(settled_at, business_now()), changed_at = business_now()
     where order_id = $1`,
    [order_id, to, author],
  )
}

/**
 * Pending orders that the statement of `day` shows as paid, all at once: those that are still pending and in nobody's review, locked in
 * their order, with a line of history each. Gives the order_ids that are settled now; the others go through `settleOrder`.
 */
export async function writeStated(
  db: Queryable,
  table: OrderTable,
  stated: readonly { order_id: string; query_id: string | null }[],
  day: string,
): Promise<string[]> {
  const { rows } = await db.query<{ order_id: string }>(
    `with held as materialized (
       select t.order_id, t.query_id from unnest($1::text[], $2::text[]) as t (order_id, query_id) join ${table} o using (order_id)
        where o.state = 'pending' and not o.needs_review order by o.order_id for update of o),
     settled as (
       update ${table} o set state = 'succeeded', reason = null, query_id = coalesce(held.query_id, o.query_id), settle_on = $3, settled_at = business_now(),
         changed_at = business_now(), due_at = null, waits_for = null
       from held where o.order_id = held.order_id returning o.order_id),
     history as (insert into order_history (order_id, from_state, to_state, source) select order_id, 'pending', 'succeeded', 'statement' from settled)
     select order_id from settled`,
    [stated.map(({ order_id }) => order_id), stated.map(({ query_id }) => query_id), day],
  )
  return rows.map(({ order_id }) => order_id)
}

/** What a door learned of an order without settling it: UnionPay's number, its clearing day, its last word on a pending one. */
export async function writeLearned(
  db: Queryable,
  table: OrderTable,
  order_id: string,
  finding: Finding,
): Promise<void> {
  const told = [finding.query_id, finding.settle_on, finding.unionpay_code].some(
    (one) => one != null,
  )
  if (!told) return
  await db.query(
    `update ${table} set query_id = coalesce(query_id, $2), settle_on = coalesce(settle_on, $3),
       unionpay_code = case when state = 'pending' then coalesce($4, unionpay_code) else unionpay_code end,
       unionpay_text = case when state = 'pending' then coalesce($5, unionpay_text) else unionpay_text end
     where order_id = $1`,
    [
      order_id,
      finding.query_id ?? null,
      finding.settle_on ?? null,
      finding.unionpay_code ?? null,
      finding.unionpay_text ?? null,
    ],
  )
}

/** The request ended now, with an answer or without: the schedule counts from here. */
export async function writeEnded(
  db: Queryable,
  table: OrderTable,
  order_id: string,
  pace: Pace,
  jitter_s: number,
): Promise<void> {
  await db.query(
    `update ${table} set ended_at = business_now(),
       due_at = case when waits_for = 'notification' then business_now() + make_interval(secs => $2) else due_at end
     where order_id = $1 and ended_at is null`,
    [order_id, (slotAfter(pace.schedule_minutes, 0) ?? 0) + jitter_s],
  )
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

/** Whether a person said what became of it. */
export async function wasDecided(
  db: Queryable,
  table: OrderTable,
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

import {
  least_gap_minutes,
  slot_lasts_s,
  backoff_s,
  slotAfter,
  statement_patience_s,
  most_jitter_s,
} from '../kernel/query-schedule.ts'
import type { Settings } from '../settings.ts'
import { send_within_ms } from './send-once.ts'
import type { Queryable } from '../storage/database.ts'
import { transactionColumns, type Transaction, type TransactionTable } from './transaction.ts'
import type { RandomBytes } from '../kernel/ids.ts'

/**
 * `ended_after_s` counts to the last moment at which a request can begin and its answer still come.
 */
export const paceOf = (
  settings: Pick<Settings, 'query_schedule_minutes' | 'queries_per_minute' | 'unionpay_timeout_ms'>,
): Pace => ({
  schedule_minutes: settings.query_schedule_minutes,
  queries_per_minute: settings.queries_per_minute,
  ended_after_s: Math.ceil((send_within_ms + settings.unionpay_timeout_ms) / 1000) + 5,
  gap_s: least_gap_minutes * 60 + slot_lasts_s + Math.ceil(settings.unionpay_timeout_ms / 1000) + 1,
})

/**
 * How queries are paced (ACP §6.2), for charges and refunds alike. One clock for all processes:
 * business_now().
 */

export type Pace = {
  schedule_minutes: readonly number[]
  /** queries a minute for one merchant number */
  queries_per_minute: number
  /**
   * seconds after acceptance at which a request has ended for certain, although its process died
   * and recorded no end
   */
  ended_after_s: number
  /**
   * seconds between taking two slots: five minutes from the last moment one query can reach
   * UnionPay to the first of the next
   */
  gap_s: number
}

const floor_s = least_gap_minutes * 60 + 1

/**
 * Claims the slot of a transaction whose query is due, and plans the next one in the same
 * statement; after the last it waits for the statement of its day. Null when it is not due, not
 * pending, or claimed by another process. Commit before sending the query.
 */
export async function claimSlot(
  db: Queryable,
  table: TransactionTable,
  order_id: string,
  pace: Pace,
  jitter_s: number,
): Promise<Transaction | null> {
  const offsets = pace.schedule_minutes.map((_, place) => slotAfter(pace.schedule_minutes, place))
  const { rows } = await db.query<Transaction>(
    `update ${table} set
       queries = queries + 1, asked_at = business_now(),
       waits_for = case when queries + 1 < $3 then 'notification' else 'statement' end,
       due_at = case when queries + 1 < $3
         then greatest(business_now() + make_interval(secs => $4), coalesce(ended_at, accepted_at + make_interval(secs => $5))
           + make_interval(secs => ($2::float8[])[queries + 2])) + make_interval(secs => $6)
         else business_now() + make_interval(secs => $7) end
     where order_id = $1 and state = 'pending' and sent_at is not null and waits_for = 'notification' and due_at <= business_now()
       and coalesce(asked_at + make_interval(secs => $4), coalesce(ended_at, accepted_at + make_interval(secs => $5)) + make_interval(secs => $8)) <= business_now()
     returning ${transactionColumns}`,
    [
      order_id,
      offsets,
      offsets.length,
      pace.gap_s,
      pace.ended_after_s,
      jitter_s,
      statement_patience_s,
      floor_s,
    ],
  )
  return rows[0] ?? null
}

/**
 * Claims the merchant's turn: one query every so many seconds, none while the merchant backs off.
 */
export async function claimTurn(db: Queryable, merchant_no: string, pace: Pace): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into query_pace (merchant_no, free_at) values ($1, business_now() + make_interval(secs => $2))
     on conflict (merchant_no) do update set free_at = excluded.free_at where query_pace.free_at <= business_now()`,
    [merchant_no, 60 / pace.queries_per_minute],
  )
  return rowCount === 1
}

/**
 * UnionPay said "too frequent" (37): the merchant sends no query for a while, and this transaction
 * waits at least twice its gap.
 */
export async function backOff(
  db: Queryable,
  table: TransactionTable,
  order: Pick<Transaction, 'order_id' | 'merchant_no'>,
): Promise<void> {
  // the transaction before the merchant's turn: the same lock order as claiming both
  await db.query(
    `update ${table} set due_at = greatest(due_at, asked_at + 2 * (due_at - asked_at))
      where order_id = $1 and state = 'pending' and waits_for = 'notification'`,
    [order.order_id],
  )
  await db.query(
    `insert into query_pace (merchant_no, free_at) values ($1, business_now() + make_interval(secs => $2))
     on conflict (merchant_no) do update set free_at = greatest(query_pace.free_at, excluded.free_at)`,
    [order.merchant_no, backoff_s],
  )
}

/**
 * Transactions whose query is due, of merchants whose turn it may be; cheap however many are
 * pending.
 */
export async function findDue(
  db: Queryable,
  table: TransactionTable,
  merchants: readonly string[],
  most: number,
): Promise<string[]> {
  const { rows } = await db.query<{ order_id: string }>(
    `select due.order_id from unnest($1::text[]) as m (merchant_no)
       left join query_pace p on p.merchant_no = m.merchant_no
       cross join lateral (
         select order_id, due_at from ${table} t
          where t.merchant_no = m.merchant_no and t.state = 'pending' and t.sent_at is not null and t.waits_for = 'notification' and t.due_at <= business_now()
          order by t.due_at limit $2) due
      where p.free_at is null or p.free_at <= business_now()
      order by due.due_at limit $2`,
    [merchants, most],
  )
  return rows.map(({ order_id }) => order_id)
}

/**
 * No statement named them in time: they need a person's decision now, and the history says so.
 * Returns their ids.
 */
export const escalateDue = (
  db: Queryable,
  table: TransactionTable,
  most: number,
): Promise<string[]> =>
  escalateWhere(
    db,
    table,
    `order_id in (select order_id from ${table} where state = 'pending' and waits_for = 'statement' and due_at <= business_now()
                          order by due_at limit $1 for update skip locked)`,
    'job',
    most,
  )

/**
 * The same for those whose merchant number is no longer configured: nobody can query them or fetch
 * their statement. Steps from one merchant number to the next in the index of what is due.
 */
export const escalateUnconfigured = (
  db: Queryable,
  table: TransactionTable,
  merchants: readonly string[],
): Promise<string[]> =>
  escalateWhere(
    db,
    table,
    `state = 'pending' and sent_at is not null and waits_for = 'notification' and due_at <= business_now() and merchant_no in (
    with recursive of as (
      select min(merchant_no) as merchant_no from ${table} where state = 'pending' and waits_for = 'notification'
      union all
      select (select min(merchant_no) from ${table} where state = 'pending' and waits_for = 'notification' and merchant_no > of.merchant_no) from of where of.merchant_no is not null)
    select merchant_no from of where merchant_no <> all($1::text[]))`,
    'job',
    merchants,
  )

/**
 * The statements are in and name none of these: escalates them at once. Returns the ids of those
 * that were not escalated before.
 */
export const escalateUnsettled = (
  db: Queryable,
  table: TransactionTable,
  order_ids: readonly string[],
): Promise<string[]> =>
  escalateWhere(
    db,
    table,
    table === 'charges'
      ? `order_id in (select order_id from charges where order_id = any($1::text[]) and state = 'pending' and waits_for = 'statement'
                       order by merchant_order_no, order_id for update)`
      : `order_id in (select order_id from refunds where order_id = any($1::text[]) and state = 'pending' and waits_for = 'statement'
                       order by order_id for update)`,
    'statement',
    order_ids,
  )

async function escalateWhere(
  db: Queryable,
  table: TransactionTable,
  which: string,
  source: 'job' | 'statement',
  of: unknown,
): Promise<string[]> {
  const { rows } = await db.query<{ order_id: string }>(
    `with escalated as (update ${table} set waits_for = 'manual_review', due_at = null, changed_at = business_now() where ${which} returning order_id),
     history as (insert into order_history (order_id, from_state, to_state, source, reason) select order_id, 'pending', 'pending', '${source}', 'unexplained' from escalated)
     select order_id from escalated`,
    [of],
  )
  return rows.map(({ order_id }) => order_id)
}

/**
 * Seconds from 0 to most_jitter_s, so that transactions accepted at one moment are not queried at
 * one moment.
 */
export const jitter = (random: RandomBytes): number =>
  (random(2).readUInt16BE() / 0xffff) * most_jitter_s

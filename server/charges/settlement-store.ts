import type { Queryable } from '../storage/database.ts'
import { amounts, chargeColumns } from './store.ts'
import type { Charge } from './charge.ts'
import type { Attempt } from './review.ts'
import {
  transactionColumns,
  type Transaction,
  type TransactionTable,
} from '../transactions/transaction.ts'
import type { Outcome } from '../transactions/outcome.ts'

/**
 * The SQL that changes what is known of a charge or refund: `settlement.ts` is its only caller for
 * states and reviews. Single and batch forms write from the same column lists.
 */

/**
 * Every charge of the order that this charge belongs to, locked in the order of their ids until the
 * transaction ends: the order's lock. It comes after the contract's and before the refunds'.
 */
export async function lockAttempts(db: Queryable, order_id: string): Promise<Charge[]> {
  const { rows } = await db.query<Charge>(
    `select ${chargeColumns} from charges
      where merchant_order_no = (select merchant_order_no from charges where order_id = $1) order by order_id for update`,
    [order_id],
  )
  return rows
}

/** The row, locked until the transaction ends. */
export async function lockRefund(db: Queryable, order_id: string): Promise<Transaction | null> {
  return (
    (
      await db.query<Transaction>(
        `select ${transactionColumns} from refunds where order_id = $1 for update`,
        [order_id],
      )
    ).rows[0] ?? null
  )
}

/** The charge of a refund, or null. */
export async function findChargeOfRefund(db: Queryable, order_id: string): Promise<string | null> {
  const { rows } = await db.query<{ charge_ref: string }>(
    `select charge_ref from refunds where order_id = $1`,
    [order_id],
  )
  return rows[0]?.charge_ref ?? null
}

/**
 * Adds to charges what of them is refunded and being refunded. To be read under the order's lock.
 */
export async function readRefunded(db: Queryable, charges: readonly Charge[]): Promise<Attempt[]> {
  type Returned = Pick<Attempt, 'order_id' | 'refunded_fen' | 'refunding_fen'>
  const { rows } = await db.query<Returned>(
    `select c.order_id, m.refunded_fen, m.refunding_fen from charges c ${amounts} where c.order_id = any($1::text[])`,
    [charges.map(({ order_id }) => order_id)],
  )
  const found = new Map(rows.map((row) => [row.order_id, row]))
  return charges.map((charge) => ({ ...charge, ...(found.get(charge.order_id) as Returned) }))
}

/** Columns that settling writes into a row `t` from an outcome `o` at the instant `clock.at`. */
const settled_columns = `state = o.to_state, reason = o.reason, unionpay_code = coalesce(o.unionpay_code, t.unionpay_code),
  unionpay_text = coalesce(o.unionpay_text, t.unionpay_text), query_id = coalesce(o.query_id, t.query_id),
  settle_on = coalesce(o.settle_on, t.settle_on), needs_review = t.needs_review or o.review is not null,
  review_reason = coalesce(o.review, t.review_reason), settled_at = clock.at, changed_at = clock.at, due_at = null, waits_for = null`

/** The columns of an outcome, in the single and in the batch form. */
const outcome_columns =
  'to_state, reason, unionpay_code, unionpay_text, query_id, settle_on, review'

export async function writeSettled(
  db: Queryable,
  table: TransactionTable,
  order_id: string,
  to: 'succeeded' | 'failed',
  outcome: Outcome,
  review: string | null,
): Promise<void> {
  await db.query(
    `update ${table} t set ${settled_columns}
       from (values ($2::text, $3::text, $4::text, $5::text, $6::text, $7::date, $8::text)) as o (${outcome_columns}),
         (select business_now() as at) clock
      where t.order_id = $1`,
    [
      order_id,
      to,
      outcome.reason ?? null,
      outcome.unionpay_code ?? null,
      outcome.unionpay_text ?? null,
      outcome.query_id ?? null,
      outcome.settle_on ?? null,
      review,
    ],
  )
}

/**
 * A charge that UnionPay says is paid. Every field of `order` that is given must agree with the
 * row.
 */
export type PaidOrder = Pick<
  Outcome,
  'unionpay_code' | 'unionpay_text' | 'query_id' | 'settle_on'
> & {
  order_id: string
  order?: Pick<Transaction, 'merchant_no' | 'txn_time' | 'amount_fen' | 'profile_digest'>
}

/**
 * A further CTE of the same statement, over `settled`, with values of its own: one array a column.
 */
export type Beside = { cte(first_parameter: number): string; values: readonly unknown[][] }

/**
 * Settles charges that are paid, many in one statement that commits by itself: only rows that are
 * pending, not in review, agree with the message, and whose order has no other charge that
 * succeeded or is in review. The others do not change and are not among the ids returned. Orders
 * are locked in one sequence, by merchant_order_no and order_id.
 */
export async function writePaid(
  db: Queryable,
  source: Outcome['source'],
  paid: readonly PaidOrder[],
  beside: Beside | null = null,
): Promise<string[]> {
  const values = [
    paid.map(({ order_id }) => order_id),
    paid.map(({ unionpay_code }) => unionpay_code ?? null),
    paid.map(({ unionpay_text }) => unionpay_text ?? null),
    paid.map(({ query_id }) => query_id ?? null),
    paid.map(({ settle_on }) => settle_on ?? null),
    paid.map(({ order }) => order?.merchant_no ?? null),
    paid.map(({ order }) => order?.txn_time ?? null),
    paid.map(({ order }) => order?.amount_fen ?? null),
    paid.map(({ order }) => order?.profile_digest ?? null),
    source,
  ]
  const { rows } = await db.query<{ order_id: string }>({
    name: `settle-paid${beside ? '-beside' : ''}`,
    text: `
    with requested as materialized (
      select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::date[], $6::text[], $7::text[], $8::bigint[], $9::text[])
        as r (order_id, unionpay_code, unionpay_text, query_id, settle_on, merchant_no, txn_time, amount_fen, profile_digest)),
    clock as materialized (select business_now() as at),
    locked as materialized (
      select c.order_id, c.merchant_order_no, c.state, c.needs_review, c.merchant_no, c.txn_time, c.amount_fen, c.profile_digest
        from charges c where c.merchant_order_no in (select q.merchant_order_no from requested r join charges q using (order_id))
       order by c.merchant_order_no, c.order_id for update of c),
    payable as materialized (
      select r.order_id, 'succeeded' as to_state, null as reason, r.unionpay_code, r.unionpay_text, r.query_id, r.settle_on, null as review
        from requested r join locked l using (order_id)
       where l.state = 'pending' and not l.needs_review
         and (r.merchant_no is null or (l.merchant_no = r.merchant_no and l.txn_time = r.txn_time and l.amount_fen = r.amount_fen
           and l.profile_digest = r.profile_digest))
         and not exists (select from locked s where s.merchant_order_no = l.merchant_order_no and s.order_id <> l.order_id
           and (s.state = 'succeeded' or s.needs_review))),
    settled as (
      update charges t set ${settled_columns} from payable o, clock where t.order_id = o.order_id
      returning t.order_id, t.unionpay_code),
    history as (
      insert into order_history (order_id, from_state, to_state, source, unionpay_code)
      select order_id, 'pending', 'succeeded', $10, unionpay_code from settled)${beside ? `,\n    beside as (${beside.cte(values.length + 1)})` : ''}
    select order_id from settled`,
    values: [...values, ...(beside?.values ?? [])],
  })
  return rows.map(({ order_id }) => order_id)
}

/** Opens a review, or with null ends it. */
export async function writeReview(
  db: Queryable,
  table: TransactionTable,
  order_id: string,
  review: string | null,
): Promise<void> {
  await db.query(
    `update ${table} set needs_review = $2::text is not null, review_reason = $2, changed_at = business_now() where order_id = $1`,
    [order_id, review],
  )
}

/** Writes a person's decision. */
export async function writeResolved(
  db: Queryable,
  table: TransactionTable,
  order_id: string,
  to: 'succeeded' | 'failed',
  author: string,
): Promise<void> {
  await db.query(
    `update ${table} set state = $2, needs_review = false, review_reason = null, resolved_by = $3, due_at = null, waits_for = null,
       reason = case when state = $2 then reason when $2 = 'failed' then 'decided_by_operator' end,
       settled_at = coalesce(settled_at, business_now()), changed_at = business_now()
     where order_id = $1`,
    [order_id, to, author],
  )
}

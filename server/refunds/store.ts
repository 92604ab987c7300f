import { transactionColumns } from '../transactions/transaction.ts'
import { conditionsOf, idsOf } from '../storage/conditions.ts'
import type { Queryable } from '../storage/database.ts'
import type { Refund } from './refund.ts'

/** SQL of refunds and cancels. */

const columns = `${transactionColumns}, charge_ref, kind, description, resolved_by`

export type NewRefund = Pick<
  Refund,
  | 'order_id'
  | 'charge_ref'
  | 'kind'
  | 'merchant_no'
  | 'amount_fen'
  | 'description'
  | 'profile_digest'
> & { due_in_s: number; sends_now: boolean }

export async function insertRefund(db: Queryable, refund: NewRefund): Promise<Refund> {
  const { rows } = await db.query<Refund>(
    `with now as materialized (select business_now() as at),
     accepted as (
       insert into refunds (order_id, charge_ref, kind, merchant_no, amount_fen, description, txn_time, accepted_at, profile_digest, waits_for, due_at, sent_at)
       select $1, $2, $3, $4, $5, $6, to_char(now.at at time zone 'Asia/Shanghai', 'YYYYMMDDHH24MISS'), now.at, $7, 'notification', now.at + make_interval(secs => $8), case when $9 then now.at end
       from now returning *),
     history as (insert into order_history (order_id, to_state, source) select order_id, state, 'merchant' from accepted)
     select ${columns} from accepted`,
    [
      refund.order_id,
      refund.charge_ref,
      refund.kind,
      refund.merchant_no,
      refund.amount_fen,
      refund.description,
      refund.profile_digest,
      refund.due_in_s,
      refund.sends_now,
    ],
  )
  return rows[0] as Refund
}

export type NewPortalRefund = Pick<
  Refund,
  | 'order_id'
  | 'charge_ref'
  | 'merchant_no'
  | 'amount_fen'
  | 'txn_time'
  | 'profile_digest'
  | 'query_id'
  | 'settle_on'
  | 'unionpay_code'
>

/** A refund that was made elsewhere and is paid: nothing of it is sent or queried. */
export async function insertPortalRefund(db: Queryable, refund: NewPortalRefund): Promise<void> {
  await db.query(
    `insert into refunds (order_id, charge_ref, kind, merchant_no, amount_fen, description, txn_time, profile_digest, state, settled_at, sent_at,
       query_id, settle_on, unionpay_code)
     values ($1, $2, 'refund', $3, $4, '银联商户平台退款', $5, $6, 'succeeded', business_now(), business_now(), $7, $8, $9)`,
    [
      refund.order_id,
      refund.charge_ref,
      refund.merchant_no,
      refund.amount_fen,
      refund.txn_time,
      refund.profile_digest,
      refund.query_id,
      refund.settle_on,
      refund.unionpay_code,
    ],
  )
}

export async function findRefund(db: Queryable, order_id: string): Promise<Refund | null> {
  return (
    (await db.query<Refund>(`select ${columns} from refunds where order_id = $1`, [order_id]))
      .rows[0] ?? null
  )
}

/** Refunds and cancels of a charge, oldest first. */
export async function listRefunds(db: Queryable, charge_ref: string): Promise<Refund[]> {
  return (
    await db.query<Refund>(
      `select ${columns} from refunds where charge_ref = $1 order by order_id`,
      [charge_ref],
    )
  ).rows
}

export type RefundFilter = {
  plan_ids: readonly string[] // empty: every plan
  state?: string | undefined
  needs_review?: boolean | undefined
  merchant_no?: string | undefined
  charge?: string | undefined
  from?: string | undefined
  to?: string | undefined
  before?: string | undefined
}

/**
 * Newest first. `from` is included, `to` is not; `before` is the last order_id of the page before.
 */
export async function listRefundsWhere(
  db: Queryable,
  filter: RefundFilter,
  most: number,
): Promise<Refund[]> {
  const { where, values } = conditionsOf([
    [
      'charge_ref in (select order_id from charges where plan_id = any($))',
      filter.plan_ids.length > 0 ? filter.plan_ids : undefined,
    ],
    ['state = $', filter.state],
    ['needs_review = $', filter.needs_review],
    ['merchant_no = $', filter.merchant_no],
    ['charge_ref = $', filter.charge],
    ['accepted_at >= $', filter.from],
    ['accepted_at < $', filter.to],
    ...idsOf('order_id', filter),
    ['order_id < $', filter.before],
  ])
  return (
    await db.query<Refund>(
      `select ${columns} from refunds ${where} order by order_id desc limit $${values.length + 1}`,
      [...values, most],
    )
  ).rows
}

import { orderColumns } from '../charges/order.ts'
import { conditionsOf, idsOf } from '../storage/conditions.ts'
import type { Queryable } from '../storage/database.ts'
import type { Refund } from './refund.ts'

/** SQL of refunds and cancels. */

const columns = `${orderColumns}, charge_ref, kind, description, resolved_by`

export type NewRefund = Pick<
  Refund,
  | 'order_id'
  | 'charge_ref'
  | 'kind'
  | 'merchant_no'
  | 'amount_fen'
  | 'description'
  | 'profile_digest'
> & { due_in_s: number; leaves: boolean }

export async function insertRefund(db: Queryable, refund: NewRefund): Promise<Refund> {
  const { rows } = await db.query<Refund>(
    `with now as materialized (select business_now() as at),
     accepted as (
       insert into refunds (order_id, charge_ref, kind, merchant_no, amount_fen, description, txn_time, accepted_at, profile_digest, waits_for, due_at, sent_at)
       select $1, $2, $3, $4, $5, $6, to_char(now.at at time zone 'Asia/Shanghai', 'YYYYMMDDHH24MISS'), now.at, $7, 'notification', now.at + make_interval(secs => $8), case when $9 then now.at end
       from now returning *),
     told as (insert into order_history (order_id, to_state, source) select order_id, state, 'merchant' from accepted)
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
      refund.leaves,
    ],
  )
  return rows[0] as Refund
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

/** Newest first. `from` is included, `to` is not; `before` is the last order_id of the page before. */
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

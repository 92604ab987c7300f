import { conditionsOf, idsOf } from '../storage/conditions.ts'
import type { Queryable } from '../storage/database.ts'
import type { Charge, ChargeRow } from './charge.ts'
import { transactionColumns } from '../transactions/transaction.ts'
import type { UnfinishedView } from '../api.ts'

/** SQL of charges. What they share with refunds is in `transactions/`. */

/** Columns of `Charge`. */
export const chargeColumns = `${transactionColumns}, contract_ref, plan_id, merchant_order_no, description, accepted_on, notice_ref, first_debit_of`

const is_certain = `c.state = 'succeeded' and not c.needs_review`

/** Joined to charges `c`: their `Amounts` as `m`. */
export const amounts = `cross join lateral (
    select case when ${is_certain} then c.amount_fen else 0 end as paid_fen,
      back.refunded_fen, back.refunding_fen,
      case when ${is_certain} then c.amount_fen - back.refunded_fen else 0 end as net_fen,
      case when c.state = 'pending' or c.needs_review then c.amount_fen else 0 end as pending_fen
      from (
        select coalesce(sum(amount_fen) filter (where state = 'succeeded'), 0)::bigint as refunded_fen,
          coalesce(sum(amount_fen) filter (where state = 'pending' or (state = 'failed' and needs_review)), 0)::bigint as refunding_fen
          from refunds where charge_ref = c.order_id) back) m`

const amountColumns = `m.paid_fen, m.refunded_fen, m.refunding_fen, m.net_fen, m.pending_fen`

export async function findCharge(db: Queryable, order_id: string): Promise<Charge | null> {
  return (
    (await db.query<Charge>(`select ${chargeColumns} from charges where order_id = $1`, [order_id]))
      .rows[0] ?? null
  )
}

/** A charge by UnionPay's queryId, of this merchant number. */
export async function findChargeByQueryId(
  db: Queryable,
  merchant_no: string,
  query_id: string,
): Promise<Charge | null> {
  const { rows } = await db.query<Charge>(
    `select ${chargeColumns} from charges where query_id = $2 and merchant_no = $1 limit 1`,
    [merchant_no, query_id],
  )
  return rows[0] ?? null
}

/** Whether the order has a charge that forbids another. */
export async function isOrderTaken(db: Queryable, merchant_order_no: string): Promise<boolean> {
  const { rows } = await db.query(
    `select from charges where merchant_order_no = $1 and (state in ('pending', 'succeeded') or needs_review) limit 1`,
    [merchant_order_no],
  )
  return rows.length > 0
}

/** What the contract used of its limit today, in Shanghai. */
export async function readUsedToday(db: Queryable, contract_ref: string): Promise<number> {
  const { rows } = await db.query<{ used_fen: number }>(
    `select used_fen from contract_days where contract_ref = $1 and day = (business_now() at time zone 'Asia/Shanghai')::date`,
    [contract_ref],
  )
  return rows[0]?.used_fen ?? 0
}

/** A charge that failed used nothing of its day. */
export async function lowerUse(db: Queryable, order_id: string): Promise<void> {
  await db.query(
    `update contract_days d set used_fen = d.used_fen - c.amount_fen from charges c
      where c.order_id = $1 and d.contract_ref = c.contract_ref and d.day = c.accepted_on`,
    [order_id],
  )
}

/** A failed charge that a person found paid counts in its day again, whatever the limit says. */
export async function raiseUse(db: Queryable, order_id: string): Promise<void> {
  await db.query(
    `insert into contract_days as d (contract_ref, day, used_fen) select contract_ref, accepted_on, amount_fen from charges where order_id = $1
     on conflict (contract_ref, day) do update set used_fen = d.used_fen + excluded.used_fen`,
    [order_id],
  )
}

async function listUnfinished(
  db: Queryable,
  contract_ref: string,
): Promise<Pick<Charge, 'order_id' | 'amount_fen' | 'description' | 'accepted_at'>[]> {
  const { rows } = await db.query<Charge>(
    `select order_id, amount_fen, description, accepted_at from charges where contract_ref = $1 and state = 'pending' order by order_id desc limit 100`,
    [contract_ref],
  )
  return rows
}

/**
 * Charges as lists show them, with their amounts; `from` names the table or the part of the
 * statement they come from.
 */
export const listedOf = (from: string): string => `select ${chargeColumns
  .split(',')
  .map((column) => `c.${column.trim()}`)
  .join(', ')}, u.user_id, ${amountColumns}
  from ${from} c join contracts k on k.id = c.contract_ref join users u on u.id = k.user_ref ${amounts}`

export const listed = listedOf('charges')

export async function findChargeRow(db: Queryable, order_id: string): Promise<ChargeRow | null> {
  return (await db.query<ChargeRow>(`${listed} where c.order_id = $1`, [order_id])).rows[0] ?? null
}

export type ChargeFilter = {
  plan_ids: readonly string[] // empty: every plan
  state?: string | undefined
  needs_review?: boolean | undefined
  plan_id?: string | undefined
  merchant_no?: string | undefined
  contract?: string | undefined
  merchant_order_no?: string | undefined
  user_id?: string | undefined
  from?: string | undefined
  to?: string | undefined
  before?: string | undefined
}

/**
 * Newest first. `from` is included, `to` is not; `before` is the last order_id of the page before.
 */
export async function listCharges(
  db: Queryable,
  filter: ChargeFilter,
  most: number,
): Promise<ChargeRow[]> {
  const { where, values } = conditionsOf([
    ['c.plan_id = any($)', filter.plan_ids.length > 0 ? filter.plan_ids : undefined],
    ['c.state = $', filter.state],
    ['c.needs_review = $', filter.needs_review],
    ['c.plan_id = $', filter.plan_id],
    ['c.merchant_no = $', filter.merchant_no],
    ['c.contract_ref = $', filter.contract],
    ['c.merchant_order_no = $', filter.merchant_order_no],
    [
      'c.contract_ref in (select k2.id from contracts k2 join users u2 on u2.id = k2.user_ref where u2.user_id = $)',
      filter.user_id,
    ],
    ['c.accepted_at >= $', filter.from],
    ['c.accepted_at < $', filter.to],
    ...idsOf('c.order_id', filter),
    ['c.order_id < $', filter.before],
  ])
  const { rows } = await db.query<ChargeRow>(
    `${listed} ${where} order by c.order_id desc limit $${values.length + 1}`,
    [...values, most],
  )
  return rows
}

/** Charges of a contract that are not final, for the payer who is about to end it. */
export async function unfinishedCharges(
  db: Queryable,
  contract_ref: string,
): Promise<UnfinishedView['ours']> {
  const charges = await listUnfinished(db, contract_ref)
  return charges.map(({ order_id, amount_fen, description, accepted_at }) => ({
    order_id,
    amount_fen,
    description,
    created_at: accepted_at.toISOString(),
  }))
}

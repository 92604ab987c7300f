import type { BillTotals } from '../api.ts'
import type { Queryable } from '../storage/database.ts'
import { amounts, listed } from '../charges/store.ts'
import type { ChargeRow } from '../charges/charge.ts'

/** SQL of the payer's bills. Every query names whose contracts it may read. */

/**
 * `month`: YYYY-MM in Shanghai; null is all of them. `contract` of another person finds nothing.
 */
export type Whose = { user_ref: string; contract?: string | null; month?: string | null }

// by contract: the index of charges by contract and order_id serves both conditions
const whose_charges = `c.contract_ref in (select id from contracts where user_ref = $1 and ($2::text is null or id = $2))
  and ($3::text is null or (c.accepted_on >= ($3 || '-01')::date and c.accepted_on < (($3 || '-01')::date + interval '1 month')))`

const values = ({ user_ref, contract, month }: Whose): unknown[] => [
  user_ref,
  contract ?? null,
  month ?? null,
]

/** Newest first; `before` is the last order_id of the page before. */
export async function listBills(
  db: Queryable,
  whose: Whose,
  before: string | null,
  most: number,
): Promise<ChargeRow[]> {
  const { rows } = await db.query<ChargeRow>(
    `${listed} where ${whose_charges} and ($4::text is null or c.order_id < $4) order by c.order_id desc limit $5`,
    [...values(whose), before, most],
  )
  return rows
}

const totals = `count(*)::int as count, sum(m.paid_fen)::bigint as paid_fen, sum(m.paid_fen - m.net_fen)::bigint as refunded_fen,
  sum(m.net_fen)::bigint as net_fen, sum(m.pending_fen)::bigint as pending_fen`

const counted = `from charges c ${amounts} where ${whose_charges}`

/** Each Shanghai month with bills, newest first; twenty years of them at most. */
export async function totalMonths(
  db: Queryable,
  whose: Whose,
): Promise<(BillTotals & { month: string })[]> {
  const { rows } = await db.query<BillTotals & { month: string }>(
    `select to_char(c.accepted_on, 'YYYY-MM') as month, ${totals} ${counted} group by 1 order by 1 desc limit 240`,
    values(whose),
  )
  return rows
}

export async function totalPlans(
  db: Queryable,
  whose: Whose,
): Promise<(BillTotals & { plan_id: string })[]> {
  const { rows } = await db.query<BillTotals & { plan_id: string }>(
    `select c.plan_id, ${totals} ${counted} group by 1`,
    values(whose),
  )
  return rows
}

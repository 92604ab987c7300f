import type { PoolClient } from 'pg'
import { lowestId } from '../kernel/ids.ts'
import type { Queryable } from '../storage/database.ts'
import { most_breaks } from './break.ts'
import type { Deviation } from './judge-line.ts'
import { boundsOf } from './statement.ts'

/** SQL that compares the staged lines with our orders; it changes nothing but temporary tables. */

export type Compared = { merchant_no: string; day: string; clearing_day_ends: string; fee: number | null }

/** Keeps the lines that are not simply as we have them; returns how many. What is left out here is right in every respect. */
export async function findDeviations(db: PoolClient, { merchant_no, day, fee }: Compared): Promise<number> {
  await db.query(
    `create temporary table repeated as
       select order_id, txn_type, min(line) as first from staged_lines where not adjustment and order_id <> '' group by 1, 2 having count(*) > 1`)
  const { rowCount } = await db.query(
    `create temporary table deviations as
     select s.*, coalesce(d.first < s.line, false) as repeated, o.order_kind, o.state, o.our_amount_fen, o.settle_on,
         o.settle_on is not null and o.settle_on <> ${literalDay(day)} and exists (
           select from statements x where x.merchant_no = ${literal(db, merchant_no)} and x.day = o.settle_on and x.state = 'reconciled'
              and not exists (select from reconciliation_breaks b where b.statement_id = x.id and b.kind = 'ours_only' and b.order_id = s.order_id and b.state <> 'gone')
         ) as seen_before
       from staged_lines s
       left join repeated d on d.order_id = s.order_id and d.txn_type = s.txn_type and not s.adjustment
       left join charges c on c.order_id = s.order_id and c.merchant_no = ${literal(db, merchant_no)} and not s.adjustment
       left join refunds r on r.order_id = s.order_id and r.merchant_no = ${literal(db, merchant_no)} and not s.adjustment
       cross join lateral (
         select case when c.order_id is not null then 'charge' else r.kind end as order_kind, coalesce(c.state, r.state) as state,
           coalesce(c.amount_fen, r.amount_fen) as our_amount_fen, coalesce(c.settle_on, r.settle_on) as settle_on) o
      where s.adjustment or d.first < s.line or not coalesce(
        o.state = 'succeeded' and o.our_amount_fen = s.amount_fen and o.settle_on = ${literalDay(day)}
        and case o.order_kind when 'charge' then s.txn_type not in ('04', '31') when 'refund' then s.txn_type = '04' else s.txn_type = '31' end
        and ((s.fee_fen = 0 and s.settled_fen = 0)
          or (s.settled_fen = case o.order_kind when 'charge' then s.amount_fen else - s.amount_fen end + s.fee_fen
            and (o.order_kind <> 'charge' or ${fee ?? 'null'}::int is null or abs(- s.fee_fen - s.amount_fen * ${fee ?? 'null'}::int / 10000.0) <= 1))), false)`)
  return rowCount ?? 0
}

/** The next page of them, in the order of the file. */
export async function readDeviations(db: PoolClient, after: number, most: number): Promise<Deviation[]> {
  return (await db.query<Deviation>(`select * from deviations where line > $1 order by line limit $2`, [after, most])).rows
}

export type Absent = { order_id: string; order_kind: 'charge' | 'refund'; state: string; amount_fen: number; settle_on: string | null; query_id: string | null }

const slack_ms = 3_600_000

/** Orders that were cleared on this day as far as we were told, and that the staged file does not hold. */
export async function findAbsent(db: PoolClient, { merchant_no, day, clearing_day_ends }: Compared): Promise<Absent[]> {
  const { from, to } = boundsOf(day, clearing_day_ends)
  // What is cleared on a day was accepted on it or the day before; ids sort by time.
  const [lowest, highest] = [lowestId(new Date(from.getTime() - 24 * slack_ms)), lowestId(new Date(to.getTime() + slack_ms))]
  const absent = (table: string, kind: string): string =>
    `select order_id, '${kind}' as order_kind, state, amount_fen, settle_on, query_id from ${table} o
      where merchant_no = $1 and settle_on = $2 and state = 'succeeded' and order_id >= $3 and order_id < $4
        and not exists (select from staged_lines s where s.order_id = o.order_id and not s.adjustment)`
  return (await db.query<Absent>(`${absent('charges', 'charge')} union all ${absent('refunds', 'refund')} order by order_id limit ${most_breaks}`,
    [merchant_no, day, lowest, highest])).rows
}

/** Orders of a day that no statement named, to be asked once its statement and the next one are in; a matched one has `settle_on`. */
export async function findUnnamed(db: PoolClient, { merchant_no, day, clearing_day_ends }: Compared): Promise<Absent[]> {
  const { from, to } = boundsOf(day, clearing_day_ends)
  const unnamed = (table: string, kind: string): string =>
    `select order_id, '${kind}' as order_kind, state, amount_fen, settle_on, query_id from ${table} o
      where merchant_no = $1 and settle_on is null and (state = 'succeeded' or (state = 'pending' and waits_for <> 'notification'))
        and accepted_at >= $2 and accepted_at < $3 and order_id >= $4 and order_id < $5
        and not exists (select from staged_lines s where s.order_id = o.order_id and not s.adjustment)`
  return (await db.query<Absent>(`${unnamed('charges', 'charge')} union all ${unnamed('refunds', 'refund')} order by order_id limit ${most_breaks}`,
    [merchant_no, from, to, lowestId(new Date(from.getTime() - slack_ms)), lowestId(new Date(to.getTime() + slack_ms))])).rows
}

/** Whether a statement of this day should name anything, as far as we know. */
export async function isExpected(db: Queryable, { merchant_no, day, clearing_day_ends }: Compared): Promise<boolean> {
  const { from, to } = boundsOf(day, clearing_day_ends)
  const expected = (table: string): string =>
    `exists (select from ${table} where merchant_no = $1 and state in ('pending', 'succeeded') and order_id >= $5 and order_id < $6
       and (settle_on = $2 or (settle_on is null and accepted_at >= $3 and accepted_at < $4)))`
  const { rows } = await db.query<{ expected: boolean }>(`select ${expected('charges')} or ${expected('refunds')} as expected`,
    [merchant_no, day, from, to, lowestId(new Date(from.getTime() - 24 * slack_ms)), lowestId(new Date(to.getTime() + slack_ms))])
  return rows[0]?.expected ?? false
}

/** `create table as` takes no parameters. */
const literal = (db: PoolClient, text: string): string => db.escapeLiteral(text)
function literalDay(day: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new Error('no day')
  return `'${day}'::date`
}

import type { PoolClient } from 'pg'
import { lowestId } from '../kernel/ids.ts'
import type { Queryable } from '../storage/database.ts'
import { most_breaks } from './break.ts'
import type { Deviation } from './judge-line.ts'
import { fitsKindSql, isFeeRightSql } from './line-rules.ts'
import { boundsOf } from './statement.ts'

/** SQL that compares the staged lines with our orders; it changes nothing but temporary tables. */

export type Compared = {
  merchant_no: string
  day: string
  clearing_day_ends: string
  fee: number | null
}

/**
 * Keeps, in `deviations`, the lines that are not simply as we have them and, in `compared`, the
 * orders that no line names as well. What is left out here is right in every respect.
 */
export async function findDeviations(db: PoolClient, compared: Compared): Promise<void> {
  await compareBothWays(db, compared)
  await findOutsideOfRange(db, compared)
  await findSeenBefore(db, compared)
}

/** The orders of the merchant number, of both tables, under the names of `compared`. */
function ordersOf(db: PoolClient, { merchant_no }: Compared, where: string): string {
  const merchant = literal(db, merchant_no)
  return `select order_id, 'charge' as order_kind, state, amount_fen as our_amount_fen, settle_on, query_id as our_query_id from charges o where merchant_no = ${merchant} and ${where}
     union all select order_id, kind, state, amount_fen, settle_on, query_id from refunds o where merchant_no = ${merchant} and ${where}`
}

/**
 * One pass over lines and orders from both sides. An order outside the day's range of ids is not
 * seen yet.
 */
async function compareBothWays(db: PoolClient, compared: Compared): Promise<void> {
  const { day, clearing_day_ends, fee } = compared
  const { from, to } = boundsOf(day, clearing_day_ends)
  // What is cleared on a day was accepted on it or the day before; ids sort by time.
  const range = `order_id >= ${literal(db, lowestId(new Date(from.getTime() - 24 * slack_ms)))} and order_id < ${literal(db, lowestId(new Date(to.getTime() + slack_ms)))}`
  await db.query(
    `create temporary table repeated as
       select order_id, txn_type, min(line) as first from staged_lines where not adjustment and order_id <> '' group by 1, 2 having count(*) > 1`,
  )
  await db.query('analyze repeated')
  await db.query(
    `create temporary table compared as
     select s.*, coalesce(d.first < s.line, false) as repeated, o.order_id as our_order_id, o.order_kind, o.state, o.our_amount_fen, o.settle_on, o.our_query_id
       from (staged_lines s left join repeated d on d.order_id = s.order_id and d.txn_type = s.txn_type and not s.adjustment)
       full join (${ordersOf(db, compared, range)}) o on o.order_id = s.order_id
      where case when s.line is null then o.state = 'succeeded' and o.settle_on = ${literalDay(day)} else s.adjustment or d.first < s.line or not coalesce(
        o.state = 'succeeded' and o.our_amount_fen = s.amount_fen and o.settle_on = ${literalDay(day)}
        and ${fitsKindSql} and ${isFeeRightSql(fee)}, false) end`,
  )
  await db.query('analyze compared')
}

/** An order accepted long before or after is looked up by its number. */
async function findOutsideOfRange(db: PoolClient, compared: Compared): Promise<void> {
  await db.query(
    `update compared s set order_kind = o.order_kind, state = o.state, our_amount_fen = o.our_amount_fen, settle_on = o.settle_on
       from compared t cross join lateral (${ordersOf(db, compared, 'o.order_id = t.order_id')}) o
      where t.line = s.line and t.order_kind is null and not t.adjustment and t.order_id <> ''`,
  )
}

/** Marks the lines whose order was cleared on another day, whose statement had it. */
async function findSeenBefore(db: PoolClient, { merchant_no, day }: Compared): Promise<void> {
  await db.query(
    `create temporary table deviations as
     select s.*, s.settle_on is not null and s.settle_on <> ${literalDay(day)} and exists (
         select from statements x where x.merchant_no = ${literal(db, merchant_no)} and x.day = s.settle_on and x.state = 'reconciled'
            -- what is paid here was in it unless it was missed there; of anything else the line would have left its own break
            and (s.state = 'succeeded') <> exists (select from reconciliation_breaks b where b.statement_id = x.id and b.order_id = s.order_id and b.state <> 'gone'
              and b.kind = case s.state when 'succeeded' then 'ours_only' else 'state' end)
       ) as seen_before
       from compared s where s.line is not null`,
  )
}

/** The next page of them, in the order of the file. */
export async function readDeviations(
  db: PoolClient,
  after: number,
  most: number,
): Promise<Deviation[]> {
  return (
    await db.query<Deviation>(`select * from deviations where line > $1 order by line limit $2`, [
      after,
      most,
    ])
  ).rows
}

export type Absent = {
  order_id: string
  order_kind: 'charge' | 'refund'
  state: string
  amount_fen: number
  settle_on: string | null
  query_id: string | null
}

const slack_ms = 3_600_000

/** Orders that UnionPay said were cleared on this day, and that the compared file does not hold. */
export async function findAbsent(db: PoolClient): Promise<Absent[]> {
  return (
    await db.query<Absent>(
      `select our_order_id as order_id, case order_kind when 'charge' then 'charge' else 'refund' end as order_kind, state, our_amount_fen as amount_fen, settle_on,
            our_query_id as query_id from compared where line is null order by our_order_id limit ${most_breaks}`,
    )
  ).rows
}

/**
 * Orders of a day that no statement named, to be asked once its statement and the next one are in;
 * a matched one has `settle_on`.
 */
export async function findUnnamed(
  db: PoolClient,
  { merchant_no, day, clearing_day_ends }: Compared,
): Promise<Absent[]> {
  const { from, to } = boundsOf(day, clearing_day_ends)
  const unnamed = (table: string, kind: string): string =>
    `select order_id, '${kind}' as order_kind, state, amount_fen, settle_on, query_id from ${table} o
      where merchant_no = $1 and settle_on is null and (state = 'succeeded' or (state = 'pending' and waits_for <> 'notification'))
        and accepted_at >= $2 and accepted_at < $3 and order_id >= $4 and order_id < $5
        and not exists (select from staged_lines s where s.order_id = o.order_id and not s.adjustment)`
  return (
    await db.query<Absent>(
      `${unnamed('charges', 'charge')} union all ${unnamed('refunds', 'refund')} order by order_id limit ${most_breaks}`,
      [
        merchant_no,
        from,
        to,
        lowestId(new Date(from.getTime() - slack_ms)),
        lowestId(new Date(to.getTime() + slack_ms)),
      ],
    )
  ).rows
}

/** Whether a statement of this day should name anything, as far as we know. */
export async function isExpected(
  db: Queryable,
  { merchant_no, day, clearing_day_ends }: Compared,
): Promise<boolean> {
  const { from, to } = boundsOf(day, clearing_day_ends)
  const expected = (table: string): string =>
    `exists (select from ${table} where merchant_no = $1 and state in ('pending', 'succeeded') and order_id >= $5 and order_id < $6
       and (settle_on = $2 or (settle_on is null and accepted_at >= $3 and accepted_at < $4)))`
  const { rows } = await db.query<{ expected: boolean }>(
    `select ${expected('charges')} or ${expected('refunds')} as expected`,
    [
      merchant_no,
      day,
      from,
      to,
      lowestId(new Date(from.getTime() - 24 * slack_ms)),
      lowestId(new Date(to.getTime() + slack_ms)),
    ],
  )
  return rows[0]?.expected ?? false
}

/** `create table as` takes no parameters. */
const literal = (db: PoolClient, text: string): string => db.escapeLiteral(text)
function literalDay(day: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new Error('no day')
  return `'${day}'::date`
}

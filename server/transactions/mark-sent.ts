import { CommitInDoubt, oneStatement, type Database, type Queryable } from '../storage/database.ts'
import { createBatcher, type Batcher } from '../storage/batcher.ts'
import type { TransactionTable } from './transaction.ts'
import { mark_within_ms } from './send-once.ts'
import { instantOf } from '../kernel/ids.ts'

/**
 * A transaction is marked as sent, and that is committed, before its request is handed to the
 * connection: by the statement that accepts it when a place is free, else here. What is not marked
 * within a few seconds fails as `not_sent` in whichever process sees it first; the row's lock
 * decides between the two. What is marked is queried and never sent again.
 */

const mark_within_s = mark_within_ms / 1000

/**
 * Marks as sent what is pending, unmarked and young enough by the clock that all processes share;
 * of charges only those whose contract may still be charged, which is locked before them. Returns
 * the order_ids that are marked now.
 */
export async function markSent(
  db: Queryable,
  table: TransactionTable,
  order_ids: readonly string[],
): Promise<string[]> {
  const { rows } = await db.query<{ order_id: string }>({
    name: `mark-sent-${table}`,
    text: `
    with clock as materialized (select business_now() as at),
    ${lockedToSend[table]}
    update ${table} t set sent_at = clock.at from locked l, clock
     where t.order_id = l.order_id and l.state = 'pending' and l.sent_at is null
       and l.accepted_at > clock.at - make_interval(secs => $2)
    returning t.order_id`,
    values: [order_ids, mark_within_s],
  })
  return rows.map(({ order_id }) => order_id)
}

const lockedToSend: Record<TransactionTable, string> = {
  charges: `contract as materialized (
      select k.id from contracts k where k.id in (select contract_ref from charges where order_id = any($1::text[]))
         and k.state = 'active' and not k.number_differs order by k.id for update of k),
    locked as materialized (
      select c.order_id, c.state, c.sent_at, c.accepted_at from charges c join contract k on k.id = c.contract_ref
       where c.order_id = any($1::text[]) order by c.merchant_order_no, c.order_id for update of c)`,
  refunds: `locked as materialized (
      select f.order_id, f.state, f.sent_at, f.accepted_at from refunds f where f.order_id = any($1::text[]) order by f.order_id for update of f)`,
}

/** Marks transactions of one table, many in one commit. False: this one must not be sent. */
export function createMarkBatcher(
  database: Pick<Database, 'pool'>,
  table: TransactionTable,
  uncertain: Set<string>,
): Batcher<string, boolean> {
  const mark = async (order_ids: readonly string[]): Promise<boolean[]> => {
    const marked = new Set(await oneStatement(database, (db) => markSent(db, table, order_ids)))
    return order_ids.map((order_id) => marked.has(order_id))
  }
  return createBatcher({
    together: mark,
    // Only this process marks this transaction: if it is marked, the uncertain statement was
    // committed.
    async alone(order_id, error) {
      if (error instanceof CommitInDoubt)
        return recheckCommit(uncertain, order_id, () => isMarked(database.pool, table, order_id))
      return (await mark([order_id]))[0] ?? false
    },
    keysOf: (order_id) => [order_id],
  })
}

async function isMarked(
  db: Queryable,
  table: TransactionTable,
  order_id: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from ${table} where order_id = $1 and sent_at is not null`,
    [order_id],
  )
  return rowCount === 1
}

/** Transactions that nobody marked in time: they are never sent. Oldest first. */
export async function findNeverSent(
  db: Queryable,
  table: TransactionTable,
  most: number,
): Promise<string[]> {
  const { rows } = await db.query<{ order_id: string }>(
    `select order_id from ${table} where sent_at is null and state = 'pending' and accepted_at <= business_now() - make_interval(secs => $1)
      order by accepted_at limit $2`,
    [mark_within_s, most],
  )
  return rows.map(({ order_id }) => order_id)
}

/**
 * Transactions of this process whose commit was uncertain, and which were not in the database when
 * it checked: it never sends them. The database may still commit what it received, so they are
 * checked again, and fail as `not_sent` if they appear.
 */
export type UncertainCommits = Record<TransactionTable, Set<string>>

export const noUncertainCommits = (): UncertainCommits => ({
  charges: new Set(),
  refunds: new Set(),
})

/** By then the database has ended whatever a lost connection left under way. */
const checked_for_ms = 60 * 60_000

/**
 * Checks whether an uncertain commit was done. Unless `look` finds it, it stays uncertain, also
 * when `look` itself fails.
 */
export async function recheckCommit<Found>(
  uncertain: Set<string>,
  order_id: string,
  look: () => Promise<Found>,
): Promise<Found> {
  uncertain.add(order_id)
  const found = await look()
  if (found) uncertain.delete(order_id)
  return found
}

/**
 * Uncertain transactions that turned out to be pending: nobody sends them. Those that can no longer
 * appear are dropped.
 */
export async function findUncertain(
  db: Queryable,
  table: TransactionTable,
  uncertain: Set<string>,
  now: Date,
): Promise<string[]> {
  if (uncertain.size === 0) return []
  const looked_for = [...uncertain]
  const { rows } = await db.query<{ order_id: string }>(
    `select order_id from ${table} where order_id = any($1) and state = 'pending'`,
    [looked_for],
  )
  for (const order_id of looked_for)
    if (now.getTime() - instantOf(order_id).getTime() > checked_for_ms) uncertain.delete(order_id)
  return rows.map(({ order_id }) => order_id)
}

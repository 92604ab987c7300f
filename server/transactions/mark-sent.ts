import { CommitInDoubt, oneStatement, type Database, type Queryable } from '../storage/database.ts'
import { createBatcher, type Batcher } from '../storage/batcher.ts'
import type { OrderTable } from './transaction.ts'
import { mark_within_ms } from './send-once.ts'
import { instantOf } from '../kernel/ids.ts'

/**
 * Leaving is a fact of its own, committed before a request is handed to the connection: by the statement that accepts an order when
 * a place is free, else here. What is not marked within a few seconds fails as `not_sent` by whatever process sees it first; the
 * row's lock decides between the two. What is marked is queried and never sent again.
 */

const mark_within_s = mark_within_ms / 1000

/**
 * Marks orders as leaving: those that are pending, unmarked and young enough by the clock that all processes share, of charges only
 * those whose contract may still be charged, which is locked before them. Gives the order_ids that are marked now.
 */
export async function markLeaving(
  db: Queryable,
  table: OrderTable,
  order_ids: readonly string[],
): Promise<string[]> {
  const { rows } = await db.query<{ order_id: string }>({
    name: `leaving-${table}`,
    text: `
    with clock as materialized (select business_now() as at),
    ${lockedToLeave[table]}
    update ${table} t set sent_at = clock.at from locked l, clock
     where t.order_id = l.order_id and l.state = 'pending' and l.sent_at is null
       and l.accepted_at > clock.at - make_interval(secs => $2)
    returning t.order_id`,
    values: [order_ids, mark_within_s],
  })
  return rows.map(({ order_id }) => order_id)
}

const lockedToLeave: Record<OrderTable, string> = {
  charges: `contract as materialized (
      select k.id from contracts k where k.id in (select contract_ref from charges where order_id = any($1::text[]))
         and k.state = 'active' and not k.number_differs order by k.id for update of k),
    locked as materialized (
      select c.order_id, c.state, c.sent_at, c.accepted_at from charges c join contract k on k.id = c.contract_ref
       where c.order_id = any($1::text[]) order by c.merchant_order_no, c.order_id for update of c)`,
  refunds: `locked as materialized (
      select f.order_id, f.state, f.sent_at, f.accepted_at from refunds f where f.order_id = any($1::text[]) order by f.order_id for update of f)`,
}

/** Marks orders of one table, many in one commit. False: this one does not leave. */
export function createMarkBatcher(
  database: Pick<Database, 'pool'>,
  table: OrderTable,
  doubted: Set<string>,
): Batcher<string, boolean> {
  const mark = async (order_ids: readonly string[]): Promise<boolean[]> => {
    const marked = new Set(await oneStatement(database, (db) => markLeaving(db, table, order_ids)))
    return order_ids.map((order_id) => marked.has(order_id))
  }
  return createBatcher({
    together: mark,
    // Nobody but this process marks this order: if it is marked, the statement in doubt was done.
    async alone(order_id, error) {
      if (error instanceof CommitInDoubt)
        return readDoubted(doubted, order_id, () => isMarked(database.pool, table, order_id))
      return (await mark([order_id]))[0] ?? false
    },
    keysOf: (order_id) => [order_id],
  })
}

async function isMarked(db: Queryable, table: OrderTable, order_id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from ${table} where order_id = $1 and sent_at is not null`,
    [order_id],
  )
  return rowCount === 1
}

/** Orders that nobody marked in time: they never leave. Oldest first. */
export async function findNeverLeft(
  db: Queryable,
  table: OrderTable,
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
 * Orders of this process whose commit was in doubt and that were not there when it looked: it never hands them over. The database may
 * still do what was lost on the way, so they are looked for again, and fail as `not_sent` when they appear.
 */
export type Doubted = Record<OrderTable, Set<string>>

export const noneDoubted = (): Doubted => ({ charges: new Set(), refunds: new Set() })

/** What the database still does of a lost connection ends by then. */
const forgotten_after_ms = 60 * 60_000

/** Looks for what was in doubt. Unless it is there it stays doubted, also when the look-up itself fails. */
export async function readDoubted<Found>(
  doubted: Set<string>,
  order_id: string,
  look: () => Promise<Found>,
): Promise<Found> {
  doubted.add(order_id)
  const found = await look()
  if (found) doubted.delete(order_id)
  return found
}

/** Doubted orders that are pending: nobody hands them over. Those that cannot appear any more are forgotten. */
export async function findDoubted(
  db: Queryable,
  table: OrderTable,
  doubted: Set<string>,
  now: Date,
): Promise<string[]> {
  if (doubted.size === 0) return []
  const looked_for = [...doubted]
  const { rows } = await db.query<{ order_id: string }>(
    `select order_id from ${table} where order_id = any($1) and state = 'pending'`,
    [looked_for],
  )
  for (const order_id of looked_for)
    if (now.getTime() - instantOf(order_id).getTime() > forgotten_after_ms) doubted.delete(order_id)
  return rows.map(({ order_id }) => order_id)
}

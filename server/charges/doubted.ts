import { instantOf } from '../kernel/ids.ts'
import type { Queryable } from '../storage/database.ts'
import type { OrderTable } from './order.ts'

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

import type { OrderHistoryEntry } from '../api.ts'
import type { Queryable } from '../storage/database.ts'
import type { OrderTable } from './order.ts'

/** SQL of what happened to charges and refunds; it only grows. */

export type NewHistory = {
  order_id: string
  from_state: string | null
  to_state: string
  source: string
  reason?: string | null
  unionpay_code?: string | null
  author?: string | null
}

export async function appendHistory(db: Queryable, entry: NewHistory): Promise<void> {
  await db.query(
    `insert into order_history (order_id, from_state, to_state, source, reason, unionpay_code, author) values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      entry.order_id,
      entry.from_state,
      entry.to_state,
      entry.source,
      entry.reason ?? null,
      entry.unionpay_code ?? null,
      entry.author ?? null,
    ],
  )
}

export async function readOrderHistory(
  db: Queryable,
  order_id: string,
): Promise<OrderHistoryEntry[]> {
  const { rows } = await db.query<OrderHistoryEntry>(
    `select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, from_state as "from", to_state as "to", source, reason, unionpay_code, author
       from order_history where order_id = $1 order by seq limit 200`,
    [order_id],
  )
  return rows
}

/** Whether a person said what became of it. */
export async function wasDecided(
  db: Queryable,
  table: OrderTable,
  order_id: string,
): Promise<boolean> {
  return (
    (
      await db.query(`select from ${table} where order_id = $1 and resolved_by is not null`, [
        order_id,
      ])
    ).rowCount === 1
  )
}

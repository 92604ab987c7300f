import { appendAudit } from '../audit/store.ts'
import { repeatableTransaction, type Queryable } from '../storage/database.ts'
import type { ChargesContext } from './context.ts'
import type { OrderTable } from './order.ts'
import { logReviews } from './settle.ts'
import { resolveOrderIn, type PersonsDecision, type Settlement } from './settlement.ts'

/** `api_key`: the key of the system that the person used. */
export type Resolution = PersonsDecision & { api_key?: string }

/** Decides an order by a person's word, with a line in the audit trail. Refusals: see resolveOrderIn. */
export async function resolveOrder(
  context: ChargesContext,
  table: OrderTable,
  order_id: string,
  resolution: Resolution,
): Promise<void> {
  const { decision, author } = resolution
  const settlement = await repeatableTransaction(context.database, (db) =>
    resolveAuditedIn(db, table, order_id, resolution),
  )
  context.log.info({ order_id, decision, author }, 'a person resolved an order')
  logReviews(context, settlement.reviews, 'person')
}

/** The same, and its line in the audit trail, in the caller's transaction. */
export async function resolveAuditedIn(
  db: Queryable,
  table: OrderTable,
  order_id: string,
  resolution: Resolution,
): Promise<Settlement> {
  const { decision, author, api_key = null } = resolution
  const settlement = await resolveOrderIn(db, table, order_id, resolution)
  await appendAudit(db, {
    author,
    action: 'resolve',
    subject: order_id,
    detail: { decision, api_key },
  })
  return settlement
}

import { appendAudit } from '../audit/store.ts'
import { Refusal } from '../errors.ts'
import { transaction, type Queryable } from '../storage/database.ts'
import type { ChargesContext } from './context.ts'
import { mayBeResolved, type OrderTable } from './order.ts'
import { appendHistory, lockOrder, writeResolved } from './order-store.ts'
import { lowerUse, raiseUse } from './store.ts'

/** What a person found out about an order, and who he is. `api_key`: the key of the system he told it to. */
export type Resolution = { decision: 'paid' | 'not_paid'; author: string; api_key?: string }

/**
 * A person says what became of an order in review, or of one that nothing else explained: a transition with an author, the only one
 * that changes a final state, with a line in the audit trail. Refuses nothing_to_resolve.
 */
export async function resolveOrder(
  { database, log }: ChargesContext,
  table: OrderTable,
  order_id: string,
  resolution: Resolution,
): Promise<void> {
  const { decision, author, api_key = null } = resolution
  await transaction(database, async (db) => {
    await resolveOrderIn(db, table, order_id, resolution)
    await appendAudit(db, {
      author,
      action: 'resolve',
      subject: order_id,
      detail: { decision, api_key },
    })
  })
  log.info({ order_id, decision, author }, 'a person resolved an order')
}

/** The same in the caller's transaction. */
export async function resolveOrderIn(
  db: Queryable,
  table: OrderTable,
  order_id: string,
  { decision, author }: Resolution,
): Promise<void> {
  const to = decision === 'paid' ? 'succeeded' : 'failed'
  const order = await lockOrder(db, table, order_id)
  if (!order) throw new Refusal('not_found')
  if (!mayBeResolved(order)) throw new Refusal('nothing_to_resolve')
  if (table === 'charges' && order.state !== 'failed' && to === 'failed')
    await lowerUse(db, order_id)
  if (table === 'charges' && order.state === 'failed' && to === 'succeeded')
    await raiseUse(db, order_id)
  await writeResolved(db, table, order_id, to, author)
  await appendHistory(db, {
    order_id,
    from_state: order.state,
    to_state: to,
    source: 'person',
    reason: 'decided_by_person',
    author,
  })
}

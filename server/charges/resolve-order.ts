import type { OrderConsequence, OrderState } from '../api.ts'
import { appendAudit } from '../audit/store.ts'
import { preview, repeatableTransaction, type Queryable } from '../storage/database.ts'
import type { ChargesContext } from './context.ts'
import type { OrderTable } from './order.ts'
import { logReviews } from './settle.ts'
import {
  resolveOrderIn,
  type PersonsDecision,
  type Resolved,
  type Settlement,
} from './settlement.ts'

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
  logReviews(context, settlement.reviews, 'operator')
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

/** What a decision changes, or would change. */
export type Change = {
  order_id: string
  from: OrderState
  to: OrderState
  consequences: OrderConsequence[]
}

export const changeOf = ({ order_id, before, to, consequences }: Resolved): Change => ({
  order_id,
  from: before.state,
  to,
  consequences,
})

/** The same decision, rolled back: what it would change. Refuses what the decision would. */
export const previewResolution = (
  { database }: Pick<ChargesContext, 'database'>,
  table: OrderTable,
  order_id: string,
  decision: PersonsDecision,
): Promise<Change> =>
  preview(database, async (db) => changeOf(await resolveOrderIn(db, table, order_id, decision)))

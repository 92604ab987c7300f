import type { OrderConsequence, OrderState } from '../api.ts'
import { Refusal } from '../errors.ts'
import { preview, repeatableTransaction, type Queryable } from '../storage/database.ts'
import { consequencesOf, type Attempt } from './review.ts'
import { mayBeResolved, type TransactionTable } from '../transactions/transaction.ts'
import type { Decision } from '../transactions/outcome.ts'
import { appendHistory } from '../transactions/store.ts'
import { readRefunded, writeResolved } from './settlement-store.ts'
import { lowerUse, raiseUse } from './store.ts'
import { lockTransaction, reviewAttempts, logReviews, type Settlement } from './settlement.ts'
import { appendAudit } from '../audit/store.ts'
import type { ChargesContext } from './context.ts'

/** What an operator decided about a transaction, and their name. */
export type OperatorDecision = { decision: 'paid' | 'not_paid'; author: string }

/** What an operator's decision did, and what follows from it. */
export type Resolved = Settlement & {
  to: 'succeeded' | 'failed'
  consequences: OrderConsequence[]
}

/**
 * An operator decides a transaction in review, or one that no source explained: the only transition
 * that changes a final state. Refuses not_found, nothing_to_resolve, and charge_has_refunds: a
 * charge that is refunded, or is being refunded, was paid.
 */
export async function resolveTransactionIn(
  db: Queryable,
  table: TransactionTable,
  order_id: string,
  { decision, author }: OperatorDecision,
): Promise<Resolved> {
  const locked = await lockTransaction(db, table, order_id)
  if (!locked) throw new Refusal('not_found')
  const { order: before } = locked
  const attempts = await readRefunded(db, locked.attempts)
  if (!mayBeResolved(before)) throw new Refusal('nothing_to_resolve')
  const to = decision === 'paid' ? 'succeeded' : 'failed'
  if (table === 'charges' && to === 'failed' && hasRefunds(attempts, order_id))
    throw new Refusal('charge_has_refunds')
  if (table === 'charges' && before.state !== 'failed' && to === 'failed')
    await lowerUse(db, order_id)
  if (table === 'charges' && before.state === 'failed' && to === 'succeeded')
    await raiseUse(db, order_id)
  await writeResolved(db, table, order_id, to, author)
  await appendHistory(db, {
    order_id,
    from_state: before.state,
    to_state: to,
    source: 'operator',
    reason: 'decided_by_operator',
    author,
  })
  const review = await reviewAttempts(db, attempts, 'operator')
  const after = await lockTransaction(db, table, order_id)
  const consequences = consequencesOf(attempts, await readRefunded(db, after?.attempts ?? []))
  const done: Decision = { kind: 'settle', to, review: null }
  return { table, order_id, before, decision: done, ...review, to, consequences }
}

const hasRefunds = (attempts: readonly Attempt[], order_id: string): boolean =>
  attempts.some((one) => one.order_id === order_id && one.refunded_fen + one.refunding_fen > 0)

/** `api_key`: the key of the system that the operator used. */
export type Resolution = OperatorDecision & { api_key?: string }

/**
 * Decides a transaction as an operator says, with a line in the audit trail. Refusals: see
 * resolveTransactionIn.
 */
export async function resolveTransaction(
  context: ChargesContext,
  table: TransactionTable,
  order_id: string,
  resolution: Resolution,
): Promise<void> {
  const { decision, author } = resolution
  const settlement = await repeatableTransaction(context.database, (db) =>
    resolveAuditedIn(db, table, order_id, resolution),
  )
  context.log.info({ order_id, decision, author }, 'an operator resolved an order')
  logReviews(context, settlement.reviews, 'operator')
}

/** The same in the caller's database transaction. */
export async function resolveAuditedIn(
  db: Queryable,
  table: TransactionTable,
  order_id: string,
  resolution: Resolution,
): Promise<Settlement> {
  const { decision, author, api_key = null } = resolution
  const settlement = await resolveTransactionIn(db, table, order_id, resolution)
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

/** What the decision would change: made and rolled back. Refuses what the decision would refuse. */
export const previewResolution = (
  { database }: Pick<ChargesContext, 'database'>,
  table: TransactionTable,
  order_id: string,
  decision: OperatorDecision,
): Promise<Change> =>
  preview(database, async (db) =>
    changeOf(await resolveTransactionIn(db, table, order_id, decision)),
  )

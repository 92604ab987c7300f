import type { BreakAction } from '../api.ts'
import { appendAudit } from '../audit/store.ts'
import type { TransactionTable } from '../transactions/transaction.ts'
import { logReviews, lockTransaction, openReview } from '../charges/settlement.ts'
import {
  changeOf,
  resolveTransactionIn,
  type Change,
  type Resolved,
} from '../charges/resolve-transaction.ts'
import { wasDecided } from '../transactions/store.ts'
import { Refusal } from '../errors.ts'
import { preview, repeatableTransaction, type Queryable } from '../storage/database.ts'
import { actionsOf, effectOf, type Break } from './break.ts'
import { findBreak, lockBreak, writeResolution } from './break-store.ts'
import type { ReconciliationContext } from './context.ts'

/**
 * `api_key`: of the system that the person used. `automatic`: only what leaves no doubt, and what a
 * person decided before stands.
 */
export type Repair = {
  action: BreakAction
  author: string
  note: string
  dry_run: boolean
  api_key?: string
  automatic?: boolean
}
export type Repaired = { broken: Break; order: Change | null }
type Done = { broken: Break; settlement: Resolved | null }

/**
 * A person says what to do about a break: the order changes and the break closes in one
 * transaction, with a line in the audit trail. `dry_run` does the same and rolls it back, so that
 * the preview is what would happen. Refuses not_found, break_not_open, break_action_refused,
 * charge_has_refunds.
 */
export async function resolveBreak(
  { charges: { database, log } }: ReconciliationContext,
  id: string,
  repair: Repair,
): Promise<Repaired> {
  const run = repair.dry_run ? preview : repeatableTransaction
  const { broken, settlement } = await run(database, (db) => resolveBreakIn(db, id, repair))
  if (!repair.dry_run) {
    const { action, author } = repair
    log.info(
      { break: id, kind: broken.kind, action, author, order_id: broken.order_id },
      'an operator resolved a break',
    )
    if (settlement) logReviews({ log }, settlement.reviews, 'operator')
  }
  const shown = repair.dry_run ? ((await findBreak(database.pool, id)) as Break) : broken
  return { broken: shown, order: settlement && changeOf(settlement) }
}

/** The same in the caller's transaction, which is to log the reviews after its commit. */
export async function resolveBreakIn(db: Queryable, id: string, repair: Repair): Promise<Done> {
  const found = await findBreak(db, id)
  if (!found) throw new Refusal('not_found')
  const settlement = await repairOrder(db, found, repair) // locks the order, which comes before the break
  const broken = await lockBreak(db, id)
  if (broken?.state !== 'open') throw new Refusal('break_not_open')
  if (!actionsOf(broken.kind, broken.state).includes(repair.action))
    throw new Refusal('break_action_refused')
  await writeResolution(db, id, repair.action, repair.author, repair.note)
  await appendAudit(db, {
    author: repair.author,
    action: `break.${repair.action}`,
    subject: id,
    detail: {
      kind: broken.kind,
      order_id: broken.order_id,
      day: broken.day,
      api_key: repair.api_key ?? null,
    },
  })
  return { broken: (await findBreak(db, id)) as Break, settlement }
}

/**
 * What becomes of the order; null: nothing. An order that would be paid twice is never repaired
 * automatically.
 */
async function repairOrder(
  db: Queryable,
  { order_id, order_kind, state, kind }: Break,
  { action, author, automatic = false }: Repair,
): Promise<Resolved | null> {
  if (state !== 'open') throw new Refusal('break_not_open')
  if (!actionsOf(kind, state).includes(action)) throw new Refusal('break_action_refused')
  const table: TransactionTable = order_kind === 'charge' ? 'charges' : 'refunds'
  const locked = order_kind && order_id ? await lockTransaction(db, table, order_id) : null
  const order = locked?.order ?? null
  if (order && automatic && (await wasDecided(db, table, order.order_id)))
    throw new Refusal('break_action_refused')
  const effect = effectOf(action, order)
  if (effect.kind === 'refused') throw new Refusal('break_action_refused')
  if (effect.kind === 'none' || !order) return null
  if (effect.review_first) await openReview(db, table, order)
  const { decision } = effect
  const settlement = await resolveTransactionIn(db, table, order.order_id, { decision, author })
  if (automatic && settlement.order_review === 'paid_twice')
    throw new Refusal('break_action_refused')
  return settlement
}

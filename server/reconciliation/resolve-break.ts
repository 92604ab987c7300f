import type { BreakAction } from '../api.ts'
import { appendAudit } from '../audit/store.ts'
import { appendHistory, lockOrder, wasDecided, writeReview } from '../charges/order-store.ts'
import type { OrderTable } from '../charges/order.ts'
import { resolveOrderIn } from '../charges/resolve-order.ts'
import { Refusal } from '../errors.ts'
import { transaction, type Queryable } from '../storage/database.ts'
import { actionsOf, effectOf, type Break } from './break.ts'
import { findBreak, lockBreak, writeResolution } from './break-store.ts'
import type { ReconciliationContext } from './context.ts'

/** `api_key`: of the system that told it. `leaves_decided`: what a person said of the order before stands. */
export type Repair = {
  action: BreakAction
  author: string
  note: string
  dry_run: boolean
  api_key?: string
  leaves_decided?: boolean
}
export type Repaired = {
  broken: Break
  order: { order_id: string; from: string; to: string } | null
}

/**
 * A person says what to do about a break: the order changes and the break closes in one transaction, with a line in the audit trail.
 * `dry_run` says what would become of the order and changes nothing. Refuses not_found, break_not_open, break_action_refused.
 */
export async function resolveBreak(
  { charges: { database, log } }: ReconciliationContext,
  id: string,
  repair: Repair,
): Promise<Repaired> {
  const repaired = await transaction(database, async (db) => {
    const broken = await lockBreak(db, id)
    if (!broken) throw new Refusal('not_found')
    if (broken.state !== 'open') throw new Refusal('break_not_open')
    if (!actionsOf(broken.kind, broken.state).includes(repair.action))
      throw new Refusal('break_action_refused')
    const order = await repairOrder(db, broken, repair)
    if (repair.dry_run) return { broken, order }
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
    return { broken: (await findBreak(db, id)) as Break, order }
  })
  if (!repair.dry_run)
    log.info(
      {
        break: id,
        kind: repaired.broken.kind,
        action: repair.action,
        author: repair.author,
        order_id: repaired.broken.order_id,
      },
      'a person resolved a break',
    )
  return repaired
}

/** What becomes of the order; changes it unless it is a preview. */
async function repairOrder(
  db: Queryable,
  { order_id, order_kind }: Break,
  { action, author, dry_run, leaves_decided = false }: Repair,
): Promise<Repaired['order']> {
  const table: OrderTable | null =
    order_kind === null ? null : order_kind === 'charge' ? 'charges' : 'refunds'
  const order = table && order_id ? await lockOrder(db, table, order_id) : null
  if (order && table && leaves_decided && (await wasDecided(db, table, order.order_id)))
    throw new Refusal('break_action_refused')
  const effect = effectOf(action, order)
  if (effect.kind === 'refused') throw new Refusal('break_action_refused')
  if (effect.kind === 'none' || !order || !table) return null
  if (!dry_run) {
    if (effect.review_first) {
      await writeReview(db, table, order.order_id, 'absent_from_statement')
      await appendHistory(db, {
        order_id: order.order_id,
        from_state: order.state,
        to_state: order.state,
        source: 'statement',
        reason: 'absent_from_statement',
      })
    }
    await resolveOrderIn(db, table, order.order_id, { decision: effect.decision, author })
  }
  return { order_id: order.order_id, from: order.state, to: effect.to }
}

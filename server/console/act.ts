import type { ActionResult, BreakAction, RefundView } from '../api.ts'
import { appendAudit } from '../audit/store.ts'
import { resolveOrder } from '../charges/resolve-order.ts'
import { Refusal } from '../errors.ts'
import { newId } from '../kernel/ids.ts'
import { bodyDigest } from '../charges/idempotency.ts'
import { resolveBreak } from '../reconciliation/resolve-break.ts'
import { createRefund } from '../refunds/create-refund.ts'
import { viewRefund } from '../refunds/routes.ts'
import { decideApproval, findApproval, insertApproval, viewApproval, writeOutcome, type Approval } from './approval-store.ts'
import type { ConsoleContext } from './context.ts'
import type { Operator } from './operator.ts'

/** What an operator may ask for about money. `id` of a refund is its Idempotency-Key. */
export type Wish =
  | { action: 'refund'; subject: string; amount_fen: number; detail: { description: string; key: string } }
  | { action: 'resolve'; subject: string; amount_fen: number; detail: { table: 'charges' | 'refunds'; decision: 'paid' | 'not_paid' } }
  | { action: 'break'; subject: string; amount_fen: number; detail: { action: BreakAction; note: string } }

/**
 * Does what an operator asks, at once if `weighed_fen` is up to `two_person_above_fen`; above it, once another operator allows it. Refuses
 * approval_waiting and what the verb refuses.
 */
export async function act(context: ConsoleContext, operator: Operator, wish: Wish, weighed_fen: number): Promise<ActionResult> {
  if (weighed_fen <= context.two_person_above_fen) {
    const refund = await perform(context, wish, operator.name)
    return { done: true, ...(refund ? { refund } : {}) }
  }
  const { pool } = context.database
  const approval = await insertApproval(pool, { ...wish, id: newId(context.clock, context.random), asked_by: operator.id })
  if (!approval) throw new Refusal('approval_waiting')
  await appendAudit(pool, { author: operator.name, action: `${wish.action}.asked`, subject: wish.subject, detail: { amount_fen: wish.amount_fen, approval: approval.id } })
  return { done: false, approval: viewApproval(approval) }
}

/** The second person allows or refuses. Refuses approval_own, approval_decided, and what the verb refuses. */
export async function decide(context: ConsoleContext, operator: Operator, id: string, allowed: boolean): Promise<ActionResult> {
  const { pool } = context.database
  const asked = await findApproval(pool, id)
  if (!asked) throw new Refusal('not_found')
  if (asked.asked_by_ref === operator.id) throw new Refusal('approval_own')
  if (!(await decideApproval(pool, id, operator.id, allowed))) throw new Refusal('approval_decided')
  await appendAudit(pool, { author: operator.name, action: `${asked.action}.${allowed ? 'allowed' : 'refused'}`, subject: asked.subject, detail: { amount_fen: asked.amount_fen, approval: id } })
  if (allowed) await performAllowed(context, asked, operator)
  return { done: false, approval: viewApproval((await findApproval(pool, id)) as Approval) }
}

async function performAllowed(context: ConsoleContext, asked: Approval, operator: Operator): Promise<void> {
  const { pool } = context.database
  try {
    await perform(context, asked as unknown as Wish, `${asked.asked_by}, ${operator.name}`)
    await writeOutcome(pool, asked.id, 'done')
  } catch (error) {
    await writeOutcome(pool, asked.id, error instanceof Refusal ? error.code : 'internal')
    throw error
  }
}

async function perform(context: ConsoleContext, wish: Wish, author: string): Promise<RefundView | null> {
  const { action, subject, amount_fen } = wish
  if (wish.action === 'break') {
    await resolveBreak(context.reconciliation, subject, { ...wish.detail, author, dry_run: false }) // leaves its own line in the trail
    return null
  }
  if (wish.action === 'resolve') {
    await resolveOrder(context.charges, wish.detail.table, subject, { decision: wish.detail.decision, author })
    await appendAudit(context.database.pool, { author, action, subject, detail: { amount_fen, decision: wish.detail.decision } })
    return null
  }
  const intent = { owner: 'console', verb: 'refund', key: wish.detail.key, body_digest: bodyDigest(subject, amount_fen, wish.detail.description) } as const
  const { refund } = await createRefund(context.charges, intent, subject, { kind: 'refund', amount_fen, description: wish.detail.description })
  await appendAudit(context.database.pool, { author, action, subject, detail: { amount_fen, refund: refund.order_id } })
  return viewRefund(refund)
}

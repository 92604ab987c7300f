import type { ActionResult, BreakAction, RefundView } from '../api.ts'
import { audited } from '../audit/store.ts'
import { resolveOrder } from '../charges/resolve-order.ts'
import { Refusal } from '../errors.ts'
import { newId } from '../kernel/ids.ts'
import { bodyDigest } from '../charges/idempotency.ts'
import { resolveBreak } from '../reconciliation/resolve-break.ts'
import { createRefund } from '../refunds/create-refund.ts'
import { viewRefund } from '../refunds/routes.ts'
import {
  decideApproval,
  findApproval,
  insertApproval,
  viewApproval,
  writeOutcome,
  type Approval,
} from './approval-store.ts'
import type { ConsoleContext } from './context.ts'
import type { Operator } from './operator.ts'

/** What an operator may ask for about money. `id` of a refund is its Idempotency-Key. */
export type Wish =
  | {
      action: 'refund'
      subject: string
      amount_fen: number
      detail: { description: string; key: string }
    }
  | {
      action: 'resolve'
      subject: string
      amount_fen: number
      detail: { table: 'charges' | 'refunds'; decision: 'paid' | 'not_paid' }
    }
  | {
      action: 'break'
      subject: string
      amount_fen: number
      detail: { action: BreakAction; note: string }
    }

/** Does what an operator asks, at once up to `two_person_above_fen`; above it, once another operator allows it. Refuses approval_waiting and what the verb refuses. */
export async function act(
  context: ConsoleContext,
  operator: Operator,
  wish: Wish,
): Promise<ActionResult> {
  const done = await performAlone(context, wish, operator)
  if (done) return done
  const approval = await audited(
    context.database,
    async (db) => {
      const inserted = await insertApproval(db, {
        ...wish,
        id: newId(context.clock, context.random),
        asked_by: operator.id,
      })
      if (!inserted) throw new Refusal('approval_waiting')
      return inserted
    },
    ({ id }) => ({
      author: operator.name,
      action: `${wish.action}.asked`,
      subject: wish.subject,
      detail: { amount_fen: wish.amount_fen, approval: id },
    }),
  )
  return { done: false, approval: viewApproval(approval) }
}

/** Null when a second person is needed. What went back of a charge before counts, under its lock: many small refunds are one big one. */
async function performAlone(
  context: ConsoleContext,
  wish: Wish,
  { name }: Operator,
): Promise<ActionResult | null> {
  const { two_person_above_fen } = context
  if (wish.action !== 'refund' && wish.amount_fen > two_person_above_fen) return null
  try {
    const refund = await perform(context, wish, name, two_person_above_fen)
    return { done: true, ...(refund ? { refund } : {}) }
  } catch (error) {
    if (error instanceof Refusal && error.code === 'second_person_needed') return null
    throw error
  }
}

/** The second person allows or refuses; what an earlier yes left undone, once more, and each verb does a thing only once. Refuses approval_own, approval_decided, and what the verb refuses. */
export async function decide(
  context: ConsoleContext,
  operator: Operator,
  id: string,
  allowed: boolean,
): Promise<ActionResult> {
  const { pool } = context.database
  const asked = await findApproval(pool, id)
  if (!asked) throw new Refusal('not_found')
  if (asked.asked_by_ref === operator.id) throw new Refusal('approval_own')
  await audited(
    context.database,
    async (db) => {
      if (!(await decideApproval(db, id, operator.id, allowed)))
        throw new Refusal('approval_decided')
    },
    () => ({
      author: operator.name,
      action: `${asked.action}.${allowed ? 'allowed' : 'refused'}`,
      subject: asked.subject,
      detail: { amount_fen: asked.amount_fen, approval: id },
    }),
  )
  if (allowed) await performAllowed(context, asked, operator)
  return { done: false, approval: viewApproval((await findApproval(pool, id)) as Approval) }
}

async function performAllowed(
  context: ConsoleContext,
  asked: Approval,
  operator: Operator,
): Promise<void> {
  const { pool } = context.database
  try {
    await perform(context, asked as unknown as Wish, `${asked.asked_by}, ${operator.name}`)
    await writeOutcome(pool, asked.id, 'done')
  } catch (error) {
    // what was not refused may have been done: nothing is written, and who looks decides once more
    if (error instanceof Refusal) await writeOutcome(pool, asked.id, error.code)
    throw error
  }
}

/** Each verb leaves its line in the trail, in the transaction of what it does. */
async function perform(
  context: ConsoleContext,
  wish: Wish,
  author: string,
  alone_fen = Infinity,
): Promise<RefundView | null> {
  const { subject, amount_fen } = wish
  if (wish.action === 'break') {
    await resolveBreak(context.reconciliation, subject, { ...wish.detail, author, dry_run: false })
    return null
  }
  if (wish.action === 'resolve') {
    await resolveOrder(context.charges, wish.detail.table, subject, {
      decision: wish.detail.decision,
      author,
    })
    return null
  }
  const intent = {
    owner: 'console',
    verb: 'refund',
    key: wish.detail.key,
    body_digest: bodyDigest(subject, amount_fen, wish.detail.description),
  } as const
  const { refund } = await createRefund(context.charges, intent, subject, {
    kind: 'refund',
    amount_fen,
    description: wish.detail.description,
    alone_fen,
    author,
  })
  return viewRefund(refund)
}

import type { ActionResult, ErrorCode, RefundView } from '../api.ts'
import { appendAudit, audited } from '../audit/store.ts'
import { resolveAuditedIn, resolveTransaction } from '../charges/resolve-transaction.ts'
import { logReviews, type Settlement } from '../charges/settlement.ts'
import { Refusal } from '../errors.ts'
import { newId } from '../kernel/ids.ts'
import { resolveBreak, resolveBreakIn } from '../reconciliation/resolve-break.ts'
import { acceptRefundIn, ifCommitted, type AcceptedRefund } from '../refunds/accept-refund.ts'
import { createRefund, sendAccepted } from '../refunds/create-refund.ts'
import { viewRefund } from '../refunds/routes.ts'
import { repeatableTransaction, type Queryable } from '../storage/database.ts'
import {
  findApproval,
  insertApproval,
  lockApproval,
  viewApproval,
  writeDecision,
  writeOutcome,
  type Approval,
} from './approval-store.ts'
import type { ConsoleContext } from './context.ts'
import type { Operator } from './operator.ts'
import { intentOf, isDone, type ActionRequest } from './action-request.ts'

/**
 * Does what an operator asks, at once up to `two_person_above_fen`; above it, once another operator
 * allows it. Refuses approval_pending and what the verb refuses.
 */
export async function act(
  context: ConsoleContext,
  operator: Operator,
  requested: ActionRequest,
): Promise<ActionResult> {
  const done = await performAlone(context, requested, operator)
  if (done) return done
  const approval = await audited(
    context.database,
    async (db) => {
      const inserted = await insertApproval(db, {
        ...requested,
        id: newId(context.clock, context.random),
        asked_by: operator.id,
      })
      if (!inserted) throw new Refusal('approval_pending')
      return inserted
    },
    ({ id }) => ({
      author: operator.name,
      action: `${requested.action}.asked`,
      subject: requested.subject,
      detail: { amount_fen: requested.amount_fen, approval: id },
    }),
  )
  return { done: false, approval: viewApproval(approval) }
}

/**
 * Null when a second person is needed. What went back of a charge before counts, under its lock:
 * many small refunds are one big one.
 */
async function performAlone(
  context: ConsoleContext,
  requested: ActionRequest,
  { name }: Operator,
): Promise<ActionResult | null> {
  const { two_person_above_fen } = context
  if (requested.action !== 'refund' && requested.amount_fen > two_person_above_fen) return null
  try {
    const refund = await perform(context, requested, name, two_person_above_fen)
    return { done: true, ...(refund ? { refund } : {}) }
  } catch (error) {
    if (error instanceof Refusal && error.code === 'approval_required') return null
    throw error
  }
}

/**
 * The second person allows or refuses. The decision, what follows from it here and its outcome are
 * one transaction; a refund is sent after the commit. A yes that was cut off finds what it did
 * before anybody judges it again, whatever is said this time. Refuses approval_own,
 * approval_decided, and what the verb refuses, which is then the outcome.
 */
export async function decide(
  context: ConsoleContext,
  operator: Operator,
  id: string,
  allowed: boolean,
): Promise<ActionResult> {
  const { database, charges } = context
  const order_id = newId(context.clock, context.random)
  const decided = await repeatableTransaction(database, (db) =>
    decideIn(context, db, operator, id, { allowed, order_id }),
  ).catch(async (error: unknown): Promise<Decided> => {
    const asked = await findApproval(database.pool, id)
    if (asked?.action !== 'refund') throw error
    return { accepted: await ifCommitted(charges, error, order_id, asked.subject) }
  })
  if (decided.reviews) logReviews(charges, decided.reviews, 'operator')
  if (decided.accepted) await sendAccepted(charges, decided.accepted, false)
  if (decided.refusal) throw new Refusal(decided.refusal)
  return {
    done: false,
    approval: viewApproval((await findApproval(database.pool, id)) as Approval),
  }
}

/** What is to be done after the commit: a refund to send, or a refusal to tell. */
type Decided = {
  accepted?: AcceptedRefund | null
  refusal?: ErrorCode
  reviews?: Settlement['reviews']
}

async function decideIn(
  context: ConsoleContext,
  db: Queryable,
  operator: Operator,
  id: string,
  { allowed, order_id }: { allowed: boolean; order_id: string },
): Promise<Decided> {
  const asked = await lockApproval(db, id)
  if (!asked) throw new Refusal('not_found')
  if (asked.asked_by_ref === operator.id) throw new Refusal('approval_own')
  if (!asked.is_open) throw new Refusal('approval_decided')
  const requested = asked as unknown as ActionRequest
  const was_cut_off = asked.decided_at !== null
  const is_done = was_cut_off && (await isDone(db, requested, asked))
  await appendAudit(db, {
    author: operator.name,
    action: `${asked.action}.${is_done ? 'found' : allowed ? 'allowed' : 'refused'}`,
    subject: asked.subject,
    detail: { amount_fen: asked.amount_fen, approval: id },
  })
  if (is_done) {
    await writeOutcome(db, id, 'done')
    return {}
  }
  if (!(await writeDecision(db, id, operator.id, allowed))) throw new Refusal('approval_own')
  if (!allowed) return {}
  const author = `${asked.asked_by}, ${operator.name}`
  const performed = await orRefusal(db, () => performIn(context, db, requested, author, order_id))
  await writeOutcome(db, id, performed.refusal ?? 'done')
  return performed
}

/** What a verb refuses is taken back alone; the decision stays, with the refusal as its outcome. */
async function orRefusal(db: Queryable, work: () => Promise<Decided>): Promise<Decided> {
  await db.query('savepoint effect')
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await db.query('rollback to savepoint effect')
    return { refusal: error.code }
  }
}

/** Each verb leaves its line in the trail, in the transaction of what it does. */
async function performIn(
  context: ConsoleContext,
  db: Queryable,
  requested: ActionRequest,
  author: string,
  order_id: string,
): Promise<Decided> {
  const { subject } = requested
  if (requested.action === 'break') {
    const repair = { ...requested.detail, author, dry_run: false }
    return { reviews: (await resolveBreakIn(db, subject, repair)).settlement?.reviews ?? [] }
  }
  if (requested.action === 'resolve') {
    const { table, decision } = requested.detail
    return { reviews: (await resolveAuditedIn(db, table, subject, { decision, author })).reviews }
  }
  const refund = refundOf(requested, author)
  return {
    accepted: await acceptRefundIn(
      context.charges,
      db,
      intentOf(requested),
      subject,
      refund,
      order_id,
    ),
  }
}

const refundOf = ({ amount_fen, detail }: ActionRequest & { action: 'refund' }, author: string) =>
  ({ kind: 'refund', amount_fen, description: detail.description, author }) as const

/** The same where nobody else is asked, each verb in a transaction of its own. */
async function perform(
  context: ConsoleContext,
  requested: ActionRequest,
  author: string,
  alone_fen: number,
): Promise<RefundView | null> {
  const { subject } = requested
  if (requested.action === 'break') {
    await resolveBreak(context.reconciliation, subject, {
      ...requested.detail,
      author,
      dry_run: false,
    })
    return null
  }
  if (requested.action === 'resolve') {
    const { table, decision } = requested.detail
    await resolveTransaction(context.charges, table, subject, { decision, author })
    return null
  }
  const { refund } = await createRefund(context.charges, intentOf(requested), subject, {
    ...refundOf(requested, author),
    alone_fen,
  })
  return viewRefund(refund)
}

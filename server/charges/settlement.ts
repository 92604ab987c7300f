import type { OrderConsequence, OrderSource } from '../api.ts'
import { Refusal } from '../errors.ts'
import type { Queryable } from '../storage/database.ts'
import type { Charge } from './charge.ts'
import { consequencesOf } from './consequences.ts'
import {
  decideTransition,
  mayBeResolved,
  type Decision,
  type Finding,
  type Order,
  type OrderTable,
} from './order.ts'
import { decideReviews, isPaidTwice, type Attempt, type ReviewChange } from './order-review.ts'
import { appendHistory } from './order-history.ts'
import { writeLearned } from './answer-store.ts'
import {
  findChargeOfRefund,
  lockAttempts,
  lockRefund,
  readReturned,
  writeResolved,
  writeReview,
  writeSettled,
} from './settlement-store.ts'
import { lowerUse, raiseUse } from './store.ts'

/**
 * The only writer of the state of charges and refunds. Every source ends here, in the caller's transaction: the order is locked
 * (all its charges, then the refund), the transition table is applied, history is appended, and the order as a whole is looked at.
 */

/** What came of an outcome, and the row as it was before. `reviews`: charges of the order that went into review or left it. */
export type Settlement = {
  table: OrderTable
  order_id: string
  before: Order
  decision: Decision
  reviews: ReviewChange[]
  /** the merchant's order is paid by more than one charge */
  order_review: 'paid_twice' | null
}

/** Settles a charge or refund with what a source found out. Null when there is no such order. */
export async function settleOrder(
  db: Queryable,
  table: OrderTable,
  order_id: string,
  finding: Finding,
): Promise<Settlement | null> {
  const locked = await lockOrder(db, table, order_id)
  if (!locked) return null
  const { order: before, attempts } = locked
  const decision = decideTransition(before, finding)
  const entry = {
    order_id,
    from_state: before.state,
    source: finding.source,
    unionpay_code: finding.unionpay_code ?? null,
  }
  if (decision.kind === 'settle') {
    if (decision.to === 'failed' && table === 'charges') await lowerUse(db, order_id)
    await writeSettled(db, table, order_id, decision.to, finding, decision.review)
    const reason = decision.review ?? finding.reason ?? null
    await appendHistory(db, { ...entry, to_state: decision.to, reason })
  } else {
    await writeLearned(db, table, order_id, finding)
    if (decision.kind === 'review') {
      await writeReview(db, table, order_id, decision.review)
      await appendHistory(db, { ...entry, to_state: before.state, reason: decision.review })
    }
  }
  const review =
    decision.kind === 'nothing' ? unchanged : await reviewAttempts(db, attempts, finding.source)
  return { table, order_id, before, decision, ...review }
}

/** What a person's decision did, and what follows from it. */
export type Resolved = Settlement & {
  to: 'succeeded' | 'failed'
  consequences: OrderConsequence[]
}

/** What a person found out about an order, and who they are. */
export type PersonsDecision = { decision: 'paid' | 'not_paid'; author: string }

/**
 * A person says what became of an order in review, or of one that nothing else explained: the only transition that changes a
 * final state. Refuses not_found, nothing_to_resolve, and charge_has_refunds: what was given back, or is on its way back, was paid.
 */
export async function resolveOrderIn(
  db: Queryable,
  table: OrderTable,
  order_id: string,
  { decision, author }: PersonsDecision,
): Promise<Resolved> {
  const locked = await lockOrder(db, table, order_id)
  if (!locked) throw new Refusal('not_found')
  const { order: before } = locked
  const attempts = await readReturned(db, locked.attempts)
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
  const after = await lockOrder(db, table, order_id)
  const consequences = consequencesOf(attempts, await readReturned(db, after?.attempts ?? []))
  const done: Decision = { kind: 'settle', to, review: null }
  return { table, order_id, before, decision: done, ...review, to, consequences }
}

/** The statement contradicts a final order: a person may change it now. */
export async function openReview(
  db: Queryable,
  table: OrderTable,
  order: Pick<Order, 'order_id' | 'state'>,
): Promise<void> {
  await writeReview(db, table, order.order_id, 'absent_from_statement')
  await appendHistory(db, {
    order_id: order.order_id,
    from_state: order.state,
    to_state: order.state,
    source: 'statement',
    reason: 'absent_from_statement',
  })
}

/**
 * Locks what an outcome of this order may change: all charges of the merchant's order, then the refund. Null when there is no such
 * order.
 */
export async function lockOrder(
  db: Queryable,
  table: OrderTable,
  order_id: string,
): Promise<{ order: Order; attempts: readonly Charge[] } | null> {
  if (table === 'charges') {
    const attempts = await lockAllAttempts(db, order_id)
    const order = attempts.find((one) => one.order_id === order_id)
    return order ? { order, attempts } : null
  }
  const charge_ref = await findChargeOfRefund(db, order_id)
  if (charge_ref === null) return null
  const attempts = await lockAllAttempts(db, charge_ref)
  const order = await lockRefund(db, order_id)
  return order && { order, attempts }
}

/** Whoever waited for the lock of a final charge reads once more: a further attempt may have been accepted meanwhile. */
async function lockAllAttempts(db: Queryable, order_id: string): Promise<Charge[]> {
  const attempts = await lockAttempts(db, order_id)
  const is_open = attempts.some((one) => one.order_id === order_id && one.state === 'pending')
  return is_open || attempts.length === 0 ? attempts : lockAttempts(db, order_id)
}

const hasRefunds = (attempts: readonly Attempt[], order_id: string): boolean =>
  attempts.some((one) => one.order_id === order_id && one.refunded_fen + one.refunding_fen > 0)

/** Looks at the order that this charge belongs to, in the caller's transaction. */
export const reviewOrder = async (
  db: Queryable,
  order_id: string,
  source: OrderSource,
): Promise<OrderReview> => reviewAttempts(db, await lockAttempts(db, order_id), source)

type OrderReview = Pick<Settlement, 'reviews' | 'order_review'>
const unchanged: OrderReview = { reviews: [], order_review: null }

/** Looks at the order as a whole once one of its charges or refunds changed: it must not be paid twice unnoticed. */
async function reviewAttempts(
  db: Queryable,
  locked: readonly Charge[],
  source: OrderSource,
): Promise<OrderReview> {
  const [only, another] = locked
  if (!only || !another) return unchanged
  const attempts = await readReturned(db, await lockAttempts(db, only.order_id))
  const reviews = decideReviews(attempts)
  for (const { order_id, state, review } of reviews) {
    await writeReview(db, 'charges', order_id, review)
    const reason = review ?? 'paid_once'
    await appendHistory(db, { order_id, from_state: state, to_state: state, source, reason })
  }
  return { reviews, order_review: isPaidTwice(attempts) ? 'paid_twice' : null }
}

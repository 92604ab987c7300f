import type { OrderSource } from '../api.ts'
import { repeatableTransaction, type Queryable } from '../storage/database.ts'
import type { Charge } from './charge.ts'
import { decideTransition, type Decision, type Finding } from '../transactions/outcome.ts'
import type { Order, OrderTable } from '../transactions/transaction.ts'
import { decideReviews, isPaidTwice, type ReviewChange } from './review.ts'
import { appendHistory, writeLearned } from '../transactions/store.ts'
import {
  findChargeOfRefund,
  lockAttempts,
  lockRefund,
  readReturned,
  writeReview,
  writeSettled,
} from './settlement-store.ts'
import { lowerUse, findCharge } from './store.ts'
import { sweepSoon } from '../contracts/store-due.ts'
import type { ChargesContext } from './context.ts'

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

/** Looks at the order that this charge belongs to, in the caller's transaction. */
export const reviewOrder = async (
  db: Queryable,
  order_id: string,
  source: OrderSource,
): Promise<OrderReview> => reviewAttempts(db, await lockAttempts(db, order_id), source)

type OrderReview = Pick<Settlement, 'reviews' | 'order_review'>

const unchanged: OrderReview = { reviews: [], order_review: null }

/** Looks at the order as a whole once one of its charges or refunds changed: it must not be paid twice unnoticed. */
export async function reviewAttempts(
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

/** Settles a charge or refund with what a source found out, in one transaction, and reports it after the commit. */
export async function settle(
  context: ChargesContext,
  table: OrderTable,
  order_id: string,
  finding: Finding,
): Promise<void> {
  const settlement = await repeatableTransaction(context.database, (db) =>
    settleOrder(db, table, order_id, finding),
  )
  if (!settlement) throw new Error(`order ${order_id} is gone`)
  await afterSettlement(context, settlement, finding)
}

/**
 * After the commit: the log, the metrics, and contract.info where the gateway says that the contract is the problem (80, 89): then
 * no lock waits for another.
 */
export async function afterSettlement(
  context: ChargesContext,
  settlement: Settlement,
  finding: Finding,
): Promise<void> {
  logSettlement(context, settlement, finding)
  if (settlement.table !== 'charges' || !finding.contract_problem) return
  const charge = await findCharge(context.database.pool, settlement.order_id)
  if (charge) await sweepSoon(context.database.pool, [charge.contract_ref])
}

/** A settlement without the row: what a batch knows of each of its members. */
export type Settled = Pick<Settlement, 'table' | 'order_id' | 'decision' | 'reviews'> & {
  before: Pick<Settlement['before'], 'state'>
}

/** What a batch settled: every member was pending and is paid now. */
export const settledAsPaid = (table: OrderTable, order_id: string): Settled => ({
  table,
  order_id,
  before: { state: 'pending' },
  decision: { kind: 'settle', to: 'succeeded', review: null },
  reviews: [],
})

/** One line for what became final, and an alarm for each charge that a person must look at. */
export function logSettlement(
  { log, watch }: Pick<ChargesContext, 'log' | 'watch'>,
  { table, order_id, before, decision, reviews }: Settled,
  finding: Pick<Finding, 'source' | 'unionpay_code' | 'reason'>,
): void {
  const line = {
    order_id,
    source: finding.source,
    unionpay_code: finding.unionpay_code ?? null,
    was: before.state,
  }
  if (decision.kind === 'settle') {
    log.info({ ...line, state: decision.to, reason: finding.reason ?? null }, 'settled')
    watch.settled({ table, order_id, state: decision.to, source: finding.source })
  }
  const review = decision.kind === 'nothing' ? null : decision.review
  if (review !== null)
    log.error({ ...line, alarm: 'order_in_review', review }, 'an order needs a person')
  logReviews({ log }, reviews, finding.source)
}

/** The alarm of an order that is paid twice. */
export function logReviews(
  { log }: Pick<ChargesContext, 'log'>,
  reviews: Settlement['reviews'],
  source: Finding['source'],
): void {
  for (const { order_id, review } of reviews) {
    if (review === 'paid_twice')
      log.error(
        { order_id, source, alarm: 'paid_twice' },
        'two charges of one merchant_order_no are paid; give one back',
      )
  }
}

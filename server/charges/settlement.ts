import type { OrderSource } from '../api.ts'
import { repeatableTransaction, type Queryable } from '../storage/database.ts'
import type { Charge } from './charge.ts'
import { decideTransition, type Decision, type Outcome } from '../transactions/outcome.ts'
import type { Transaction, TransactionTable } from '../transactions/transaction.ts'
import { decideReviews, isPaidTwice, type ReviewChange } from './review.ts'
import { appendHistory, writeLearned } from '../transactions/store.ts'
import {
  findChargeOfRefund,
  lockAttempts,
  lockRefund,
  readRefunded,
  writeReview,
  writeSettled,
} from './settlement-store.ts'
import { lowerUse, findCharge } from './store.ts'
import { sweepSoon } from '../contracts/store-due.ts'
import type { ChargesContext } from './context.ts'

/**
 * The only writer of the state of charges and refunds. Every source ends here, in the caller's
 * database transaction: the merchant's order is locked (all its charges, then the refund), the
 * transition table is applied, history is appended, and the order is reviewed as a whole.
 */

/**
 * What an outcome did, and the row before it. `reviews`: charges of the order that entered or ended
 * a review.
 */
export type Settlement = {
  table: TransactionTable
  order_id: string
  before: Transaction
  decision: Decision
  reviews: ReviewChange[]
  /** the merchant's order is paid by more than one charge */
  order_review: 'paid_twice' | null
}

/**
 * Settles a charge or refund with the outcome that a source reports. Null when there is no such
 * transaction.
 */
export async function settleTransaction(
  db: Queryable,
  table: TransactionTable,
  order_id: string,
  outcome: Outcome,
): Promise<Settlement | null> {
  const locked = await lockTransaction(db, table, order_id)
  if (!locked) return null
  const { order: before, attempts } = locked
  const decision = decideTransition(before, outcome)
  const entry = {
    order_id,
    from_state: before.state,
    source: outcome.source,
    unionpay_code: outcome.unionpay_code ?? null,
  }
  if (decision.kind === 'settle') {
    if (decision.to === 'failed' && table === 'charges') await lowerUse(db, order_id)
    await writeSettled(db, table, order_id, decision.to, outcome, decision.review)
    const reason = decision.review ?? outcome.reason ?? null
    await appendHistory(db, { ...entry, to_state: decision.to, reason })
  } else {
    await writeLearned(db, table, order_id, outcome)
    if (decision.kind === 'review') {
      await writeReview(db, table, order_id, decision.review)
      await appendHistory(db, { ...entry, to_state: before.state, reason: decision.review })
    }
  }
  const review =
    decision.kind === 'nothing' ? unchanged : await reviewAttempts(db, attempts, outcome.source)
  return { table, order_id, before, decision, ...review }
}

/** The statement contradicts a final transaction: an operator may change it now. */
export async function openReview(
  db: Queryable,
  table: TransactionTable,
  transaction: Pick<Transaction, 'order_id' | 'state'>,
): Promise<void> {
  await writeReview(db, table, transaction.order_id, 'absent_from_statement')
  await appendHistory(db, {
    order_id: transaction.order_id,
    from_state: transaction.state,
    to_state: transaction.state,
    source: 'statement',
    reason: 'absent_from_statement',
  })
}

/**
 * Locks what an outcome of this transaction may change: all charges of the merchant's order, then
 * the refund. Null when there is no such transaction.
 */
export async function lockTransaction(
  db: Queryable,
  table: TransactionTable,
  order_id: string,
): Promise<{ order: Transaction; attempts: readonly Charge[] } | null> {
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

/**
 * Reads a final charge again after waiting for its lock: another charge of the order may have been
 * accepted meanwhile.
 */
async function lockAllAttempts(db: Queryable, order_id: string): Promise<Charge[]> {
  const attempts = await lockAttempts(db, order_id)
  const is_open = attempts.some((one) => one.order_id === order_id && one.state === 'pending')
  return is_open || attempts.length === 0 ? attempts : lockAttempts(db, order_id)
}

/** Reviews the order that this charge belongs to, in the caller's database transaction. */
export const reviewOrder = async (
  db: Queryable,
  order_id: string,
  source: OrderSource,
): Promise<OrderReview> => reviewAttempts(db, await lockAttempts(db, order_id), source)

type OrderReview = Pick<Settlement, 'reviews' | 'order_review'>

const unchanged: OrderReview = { reviews: [], order_review: null }

/**
 * Reviews the order as a whole after one of its charges or refunds changed: it must not be paid
 * twice unnoticed.
 */
export async function reviewAttempts(
  db: Queryable,
  locked: readonly Charge[],
  source: OrderSource,
): Promise<OrderReview> {
  const [only, another] = locked
  if (!only || !another) return unchanged
  const attempts = await readRefunded(db, await lockAttempts(db, only.order_id))
  const reviews = decideReviews(attempts)
  for (const { order_id, state, review } of reviews) {
    await writeReview(db, 'charges', order_id, review)
    const reason = review ?? 'paid_once'
    await appendHistory(db, { order_id, from_state: state, to_state: state, source, reason })
  }
  return { reviews, order_review: isPaidTwice(attempts) ? 'paid_twice' : null }
}

/** The same in a database transaction of its own, reported after the commit. */
export async function settle(
  context: ChargesContext,
  table: TransactionTable,
  order_id: string,
  outcome: Outcome,
): Promise<void> {
  const settlement = await repeatableTransaction(context.database, (db) =>
    settleTransaction(db, table, order_id, outcome),
  )
  if (!settlement) throw new Error(`order ${order_id} is gone`)
  await afterSettlement(context, settlement, outcome)
}

/**
 * To be called after the commit: logs, counts, and has contract.info asked where the gateway says
 * that the contract is the problem (80, 89). After the commit, because the charge's lock must not
 * wait for the contract's.
 */
export async function afterSettlement(
  context: ChargesContext,
  settlement: Settlement,
  outcome: Outcome,
): Promise<void> {
  logSettlement(context, settlement, outcome)
  if (settlement.table !== 'charges' || !outcome.contract_problem) return
  const charge = await findCharge(context.database.pool, settlement.order_id)
  if (charge) await sweepSoon(context.database.pool, [charge.contract_ref])
}

/** A settlement without its row, as a batch knows each of its members. */
export type Settled = Pick<Settlement, 'table' | 'order_id' | 'decision' | 'reviews'> & {
  before: Pick<Settlement['before'], 'state'>
}

/** What a batch settled: every member was pending and is paid now. */
export const settledAsPaid = (table: TransactionTable, order_id: string): Settled => ({
  table,
  order_id,
  before: { state: 'pending' },
  decision: { kind: 'settle', to: 'succeeded', review: null },
  reviews: [],
})

/** Logs what became final, and an alarm for each transaction that needs manual review. */
export function logSettlement(
  { log, watch }: Pick<ChargesContext, 'log' | 'watch'>,
  { table, order_id, before, decision, reviews }: Settled,
  outcome: Pick<Outcome, 'source' | 'unionpay_code' | 'reason'>,
): void {
  const line = {
    order_id,
    source: outcome.source,
    unionpay_code: outcome.unionpay_code ?? null,
    was: before.state,
  }
  if (decision.kind === 'settle') {
    log.info({ ...line, state: decision.to, reason: outcome.reason ?? null }, 'settled')
    watch.settled({ table, order_id, state: decision.to, source: outcome.source })
  }
  const review = decision.kind === 'nothing' ? null : decision.review
  if (review !== null)
    log.error({ ...line, alarm: 'order_in_review', review }, 'an order needs manual review')
  logReviews({ log }, reviews, outcome.source)
}

/** The alarm of an order that is paid twice. */
export function logReviews(
  { log }: Pick<ChargesContext, 'log'>,
  reviews: Settlement['reviews'],
  source: Outcome['source'],
): void {
  for (const { order_id, review } of reviews) {
    if (review === 'paid_twice')
      log.error(
        { order_id, source, alarm: 'paid_twice' },
        'two charges of one merchant_order_no are paid; refund one',
      )
  }
}

import { mayBecome } from '../kernel/transition.ts'
import type { OrderReason, OrderSource, ReviewReason } from './states.ts'
import { transitions, settleDay, type Transaction } from './transaction.ts'
import type {
  Direct,
  Payment,
  QueryResult,
  Refused,
  Ruling,
  Settled,
} from '../unionpay/payments.ts'

/** What a source says of a transaction. `unknown`: nothing final. */
export type Outcome = {
  state: 'succeeded' | 'failed' | 'unknown'
  source: OrderSource
  reason?: OrderReason | null
  unionpay_code?: string | null
  unionpay_text?: string | null
  query_id?: string | null
  settle_on?: string | null
  /** why it needs manual review */
  review?: ReviewReason | null
  /** contract.info should be asked about the contract */
  contract_problem?: boolean
}

/** What an outcome does to a transaction: makes it final, puts it in review, or nothing. */
export type Decision =
  | { kind: 'settle'; to: 'succeeded' | 'failed'; review: ReviewReason | null }
  | { kind: 'review'; review: ReviewReason }
  | { kind: 'nothing' }

/**
 * Applies the transition table to what a source says. A contradiction of a final state changes no
 * state: it opens a review, once for each kind. A repeat does nothing. Of a transaction that is
 * marked as sent, `not_sent` counts only from the process that marked it, never from the job.
 */
export function decideTransition(before: Transaction, outcome: Outcome): Decision {
  if (outcome.source === 'job' && outcome.reason === 'not_sent' && before.sent_at !== null)
    return { kind: 'nothing' }
  const requested = outcome.review ?? null
  if (outcome.state !== 'unknown' && mayBecome(transitions, before.state, outcome.state))
    return { kind: 'settle', to: outcome.state, review: requested }
  const contradiction = contradictionOf(before, outcome)
  const review = contradiction ?? requested
  return review === null || (before.needs_review && outranks(before.review_reason, review))
    ? { kind: 'nothing' }
    : { kind: 'review', review }
}

function contradictionOf(before: Transaction, { state }: Outcome): ReviewReason | null {
  if (state === 'unknown' || state === before.state) return null
  return state === 'failed' ? 'failed_after_success' : 'succeeded_after_failure'
}

/**
 * The present review stays: it is the same one, or says that money may have been taken twice, which
 * outranks every other.
 */
const outranks = (present: ReviewReason | null, review: ReviewReason): boolean =>
  present === review || present === 'paid_twice' || present === 'succeeded_after_failure'

const stateOf = ({ treatment }: Ruling): Outcome['state'] =>
  treatment === 'accepted' ? 'unknown' : treatment

const reviewOf = ({ review }: Ruling): ReviewReason | null =>
  review ? 'succeeded_with_defect' : null

function ruled(source: OrderSource, ruling: Ruling, code: string, message: string): Outcome {
  const state = stateOf(ruling)
  return {
    state,
    source,
    unionpay_code: code,
    unionpay_text: message || null,
    reason: state === 'failed' ? 'declined' : null,
    review: state === 'succeeded' ? reviewOf(ruling) : null,
    contract_problem: ruling.contract_problem,
  }
}

const settledWith = (
  settled: Settled,
  transaction: Pick<Transaction, 'accepted_at'>,
): Pick<Outcome, 'query_id' | 'settle_on'> => ({
  query_id: settled.query_id,
  settle_on: settleDay(settled.settle_date, transaction.accepted_at),
})

/**
 * The synchronous answer: accepted is not paid. A request that never reached UnionPay has failed
 * for certain.
 */
export function outcomeOfAnswer(answer: Direct | Refused): Outcome {
  if (answer.kind === 'refused') return { state: 'failed', source: 'answer', reason: 'not_sent' }
  if (answer.kind !== 'unknown')
    return {
      ...ruled('answer', answer.ruling, answer.code, answer.message),
      query_id: answer.query_id,
    }
  if (answer.why === 'not_reached') return { state: 'failed', source: 'answer', reason: 'not_sent' }
  return {
    state: 'unknown',
    source: 'answer',
    unionpay_code: answer.code,
    unionpay_text: answer.why === 'open_code' ? answer.detail : null,
  }
}

/** A verified notification that matches the transaction. */
export const outcomeOfNotification = (
  payment: Payment,
  transaction: Pick<Transaction, 'accepted_at'>,
): Outcome => ({
  ...ruled('notification', payment.ruling, payment.code, payment.message),
  ...settledWith(payment.settled, transaction),
})

/** A verified answer to a query; only its kind `state` says anything of the transaction. */
export function outcomeOfQuery(
  result: QueryResult,
  transaction: Pick<Transaction, 'accepted_at'>,
): Outcome {
  if (result.kind !== 'state') return { state: 'unknown', source: 'query' }
  return {
    ...ruled('query', result.ruling, result.code, result.message),
    ...settledWith(result.settled, transaction),
  }
}

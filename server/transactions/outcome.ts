import { mayBecome } from '../kernel/transition.ts'
import type { OrderReason, OrderSource, ReviewReason } from './states.ts'
import { orderTransitions, settleDay, type Order } from './transaction.ts'
import type {
  Direct,
  Payment,
  QueryResult,
  Refused,
  Ruling,
  Settled,
} from '../unionpay/payments.ts'

/** What a door found out. `unknown`: it tells nothing final. */
export type Finding = {
  outcome: 'succeeded' | 'failed' | 'unknown'
  source: OrderSource
  reason?: OrderReason | null
  unionpay_code?: string | null
  unionpay_text?: string | null
  query_id?: string | null
  settle_on?: string | null
  /** a person has to look: why */
  review?: ReviewReason | null
  /** the contract should be asked about */
  contract_problem?: boolean
}

/** What is to be done with an order: become final, be marked for a person, or nothing. */
export type Decision =
  | { kind: 'settle'; to: 'succeeded' | 'failed'; review: ReviewReason | null }
  | { kind: 'review'; review: ReviewReason }
  | { kind: 'nothing' }

/**
 * The transition table applied to what a source found out. A contradiction of a final state changes no state: it is marked for a
 * person, once for each kind. A repeat is nothing. That it never left is believed of one that was marked as leaving only from who
 * marked it.
 */
export function decideTransition(order: Order, finding: Finding): Decision {
  if (finding.source === 'job' && finding.reason === 'not_sent' && order.sent_at !== null)
    return { kind: 'nothing' }
  const marked = finding.review ?? null
  if (finding.outcome !== 'unknown' && mayBecome(orderTransitions, order.state, finding.outcome))
    return { kind: 'settle', to: finding.outcome, review: marked }
  const contradiction = contradictionOf(order, finding)
  const review = contradiction ?? marked
  return review === null || (order.needs_review && isKept(order.review_reason, review))
    ? { kind: 'nothing' }
    : { kind: 'review', review }
}

function contradictionOf({ state }: Order, { outcome }: Finding): ReviewReason | null {
  if (outcome === 'unknown' || outcome === state) return null
  return outcome === 'failed' ? 'failed_after_success' : 'succeeded_after_failure'
}

/** A review stays what it is for a repeat of the same. That money may have been taken twice gives way to nothing less. */
const isKept = (present: ReviewReason | null, review: ReviewReason): boolean =>
  present === review || present === 'paid_twice' || present === 'succeeded_after_failure'

/** What each door's message means for an order. Pure: the wall has read and verified it. */

const outcomeOf = ({ treatment }: Ruling): Finding['outcome'] =>
  treatment === 'accepted' ? 'unknown' : treatment

const reviewOf = ({ review }: Ruling): ReviewReason | null =>
  review ? 'succeeded_with_defect' : null

function told(source: OrderSource, ruling: Ruling, code: string, message: string): Finding {
  const outcome = outcomeOf(ruling)
  return {
    outcome,
    source,
    unionpay_code: code,
    unionpay_text: message || null,
    reason: outcome === 'failed' ? 'declined' : null,
    review: outcome === 'succeeded' ? reviewOf(ruling) : null,
    contract_problem: ruling.contract_problem,
  }
}

const settledWith = (
  settled: Settled,
  order: Pick<Order, 'accepted_at'>,
): Pick<Finding, 'query_id' | 'settle_on'> => ({
  query_id: settled.query_id,
  settle_on: settleDay(settled.settle_date, order.accepted_at),
})

/** The synchronous answer: accepted is not paid. What never left us failed for certain. */
export function findInAnswer(answer: Direct | Refused): Finding {
  if (answer.kind === 'refused') return { outcome: 'failed', source: 'answer', reason: 'not_sent' }
  if (answer.kind !== 'unknown')
    return {
      ...told('answer', answer.ruling, answer.code, answer.message),
      query_id: answer.query_id,
    }
  if (answer.why === 'not_reached')
    return { outcome: 'failed', source: 'answer', reason: 'not_sent' }
  return {
    outcome: 'unknown',
    source: 'answer',
    unionpay_code: answer.code,
    unionpay_text: answer.why === 'open_code' ? answer.detail : null,
  }
}

/** A verified notification that fits the order. */
export const findInNotification = (
  payment: Payment,
  order: Pick<Order, 'accepted_at'>,
): Finding => ({
  ...told('notification', payment.ruling, payment.code, payment.message),
  ...settledWith(payment.settled, order),
})

/** A verified answer to a query; only `state` says anything of the order. */
export function findInQuery(result: QueryResult, order: Pick<Order, 'accepted_at'>): Finding {
  if (result.kind !== 'state') return { outcome: 'unknown', source: 'query' }
  return {
    ...told('query', result.ruling, result.code, result.message),
    ...settledWith(result.settled, order),
  }
}

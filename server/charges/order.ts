import { mayBecome, type Transitions } from '../kernel/transition.ts'
import type { OrderReason, OrderSource, OrderState, ReviewReason, WaitsFor } from './states.ts'

/** What a charge and a refund have in common: a money order at UnionPay whose outcome comes through several doors. */
export type Order = {
  order_id: string
  merchant_no: string
  amount_fen: number
  txn_time: string
  accepted_at: Date
  profile_digest: string
  /** when it was marked as leaving, just before the request was handed over; null: it never left */
  sent_at: Date | null
  state: OrderState
  needs_review: boolean
  review_reason: ReviewReason | null
  reason: OrderReason | null
  unionpay_code: string | null
  unionpay_text: string | null
  query_id: string | null
  settle_on: string | null
  settled_at: Date | null
  ended_at: Date | null
  asked_at: Date | null
  queries: number
  due_at: Date | null
  waits_for: WaitsFor | null
}

/** The tables that hold orders; their columns of `Order` are the same. */
export type OrderTable = 'charges' | 'refunds'

export const orderColumns = `order_id, merchant_no, amount_fen, txn_time, accepted_at, profile_digest, sent_at, state, needs_review, review_reason, reason,
  unionpay_code, unionpay_text, query_id, settle_on, settled_at, ended_at, asked_at, queries, due_at, waits_for`

/** Only a person changes what is final; see `resolve-order`. */
export const orderTransitions: Transitions<OrderState> = {
  pending: ['succeeded', 'failed'],
  succeeded: [],
  failed: [],
}

export const isFinal = (order: Pick<Order, 'state'>): boolean =>
  orderTransitions[order.state].length === 0

/** Whether it is a person's turn: doors contradict each other, or nothing was heard in all the time they had. */
export const mayBeResolved = (order: Pick<Order, 'needs_review' | 'waits_for'>): boolean =>
  order.needs_review || order.waits_for === 'manual_review'

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

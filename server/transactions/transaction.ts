import type { Transitions } from '../kernel/transition.ts'
import type { OrderReason, OrderState, ReviewReason, WaitsFor } from './states.ts'

/**
 * What a charge and a refund share: one transaction at UnionPay (order_id is its 商户订单号), whose
 * outcome comes from several sources.
 */
export type Transaction = {
  order_id: string
  merchant_no: string
  amount_fen: number
  txn_time: string
  accepted_at: Date
  profile_digest: string
  /**
   * when it was marked as sent, just before the request was handed over; null: it was never sent
   */
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

/** The tables of transactions; their columns of `Transaction` are the same. */
export type TransactionTable = 'charges' | 'refunds'

export const transactionColumns = `order_id, merchant_no, amount_fen, txn_time, accepted_at, profile_digest, sent_at, state, needs_review, review_reason, reason,
  unionpay_code, unionpay_text, query_id, settle_on, settled_at, ended_at, asked_at, queries, due_at, waits_for`

/** Only a person changes a final state; see `charges/resolve-transaction.ts`. */
export const transitions: Transitions<OrderState> = {
  pending: ['succeeded', 'failed'],
  succeeded: [],
  failed: [],
}

/**
 * Whether an operator decides now: sources contradict each other, or no source said anything in
 * time.
 */
export const mayBeResolved = ({
  needs_review,
  waits_for,
}: Pick<Transaction, 'needs_review' | 'waits_for'>): boolean =>
  needs_review || waits_for === 'manual_review'

const beijing_offset_ms = 8 * 3_600_000

const day_ms = 86_400_000

/**
 * The clearing day an instant belongs to, `YYYY-MM-DD`: it ends at `ends` (HH:MM, Beijing); later
 * is the next day's (ACP §7.1).
 */
export function clearingDay(instant: Date, ends: string): string {
  const [hours = 0, minutes = 0] = ends.split(':').map(Number)
  return new Date(instant.getTime() + beijing_offset_ms + day_ms - (hours * 60 + minutes) * 60_000)
    .toISOString()
    .slice(0, 10)
}

/**
 * UnionPay's settleDate is MMDD without a year (ACP §5): the year that brings it nearest to `near`.
 * Null for no date at all.
 */
export function settleDay(month_day: string | null, near: Date): string | null {
  const [, month, day] = /^(\d\d)(\d\d)$/.exec(month_day ?? '') ?? []
  if (!month || !day) return null
  const year = near.getUTCFullYear()
  const days = [year - 1, year, year + 1].map((one) => `${one}-${month}-${day}`).filter(exists)
  return days.toSorted((one, other) => distance(one, near) - distance(other, near))[0] ?? null
}

const exists = (day: string): boolean =>
  !Number.isNaN(Date.parse(day)) && new Date(Date.parse(day)).toISOString().slice(0, 10) === day

const distance = (day: string, near: Date): number => Math.abs(Date.parse(day) - near.getTime())

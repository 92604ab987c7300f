import type { ErrorCode } from '../api.ts'
import { clearingDay, type Transaction } from '../transactions/transaction.ts'
import { mayBeRefunded, type Charge } from '../charges/charge.ts'
import { freeSurplusOf, type Attempt } from '../charges/review.ts'
import type { RefundKind } from './states.ts'

/**
 * A refund of a charge: one row of `refunds`. A cancel is the whole charge, on its clearing day.
 */
export type Refund = Transaction & {
  charge_ref: string
  kind: RefundKind
  description: string
  /** the person who decided what became of it */
  resolved_by: string | null
}

/**
 * `amount_fen` null: all that is left. `alone_fen`: so much of a charge, with all that went back
 * before or was declared void by a person, may go back without a second person. `author`: the
 * person who wishes it, for the audit trail.
 */
export type RefundRequest = {
  kind: RefundKind
  amount_fen: number | null
  description: string
  alone_fen?: number
  author?: string
}

/** Pending and unknown ones hold their amount; one in doubt does too. */
const isHeld = (refund: Pick<Refund, 'state' | 'needs_review'>): boolean =>
  refund.state !== 'failed' || refund.needs_review

/**
 * Void by an operator's decision alone. The money may have gone all the same, so it still counts
 * towards the limit of one operator.
 */
const isVoidByPerson = (refund: Pick<Refund, 'state' | 'resolved_by'>): boolean =>
  refund.state === 'failed' && refund.resolved_by !== null

/** What of a charge is neither refunded nor held, in fen. */
export function leftOf(
  charge: Pick<Charge, 'amount_fen'>,
  refunds: readonly Pick<Refund, 'state' | 'needs_review' | 'amount_fen'>[],
): number {
  return refunds
    .filter(isHeld)
    .reduce((left_fen, refund) => left_fen - refund.amount_fen, charge.amount_fen)
}

/**
 * What may be refunded of a charge now, in fen: of one in review only what its order (`attempts`)
 * holds beyond one payment.
 */
export function refundableOf(
  charge: Attempt,
  refunds: Parameters<typeof leftOf>[1],
  attempts: readonly Attempt[],
): number {
  if (!mayBeRefunded(charge)) return 0
  const left_fen = leftOf(charge, refunds)
  return charge.needs_review ? Math.max(0, Math.min(left_fen, freeSurplusOf(attempts))) : left_fen
}

export type Rules = {
  now: Date
  clearing_day_ends: string
  refund_window_days: number
  may_cancel: boolean
}

/** The amount to refund, or why not. To be called under the charge's lock. */
export function judgeRefund(
  charge: Pick<
    Charge,
    'state' | 'needs_review' | 'review_reason' | 'amount_fen' | 'accepted_at' | 'settle_on'
  >,
  refunds: readonly Pick<
    Refund,
    'state' | 'needs_review' | 'amount_fen' | 'kind' | 'resolved_by'
  >[],
  requested: RefundRequest,
  rules: Rules,
): { amount_fen: number } | { refusal: ErrorCode } {
  const held = refunds.filter(isHeld)
  if (!mayBeRefunded(charge)) return { refusal: 'charge_not_refundable' }
  if (requested.kind === 'cancel') {
    if (!rules.may_cancel) return { refusal: 'cancel_not_allowed' }
    if (held.length > 0) return { refusal: 'refund_excluded' }
    return isSameClearingDay(charge, rules)
      ? { amount_fen: charge.amount_fen }
      : { refusal: 'cancel_too_late' }
  }
  if (held.some(({ kind }) => kind === 'cancel')) return { refusal: 'refund_excluded' }
  const left_fen = leftOf(charge, refunds)
  const amount_fen = requested.amount_fen ?? left_fen
  if (amount_fen > left_fen || amount_fen < 1) return { refusal: 'refund_exceeds_charge' }
  const age_days = (rules.now.getTime() - charge.accepted_at.getTime()) / 86_400_000
  if (age_days > rules.refund_window_days) return { refusal: 'refund_too_late' }
  const void_fen = refunds
    .filter((refund) => !isHeld(refund) && isVoidByPerson(refund))
    .reduce((sum_fen, refund) => sum_fen + refund.amount_fen, 0)
  const back_fen = charge.amount_fen - left_fen + void_fen + amount_fen
  return requested.alone_fen !== undefined && back_fen > requested.alone_fen
    ? { refusal: 'approval_required' }
    : { amount_fen }
}

/**
 * UnionPay's own word for the charge's clearing day where it is known, else the day of its
 * acceptance (ACP §7.1).
 */
const isSameClearingDay = (
  charge: Pick<Charge, 'accepted_at' | 'settle_on'>,
  { now, clearing_day_ends }: Rules,
): boolean =>
  clearingDay(now, clearing_day_ends) ===
  (charge.settle_on ?? clearingDay(charge.accepted_at, clearing_day_ends))

import { mayBeRefunded, type Amounts, type Charge } from './charge.ts'
import type { OrderConsequence } from '../api.ts'

/** A charge of a merchant's order, with what of it is refunded and being refunded. */
export type Attempt = Charge & Pick<Amounts, 'refunded_fen' | 'refunding_fen'>

/**
 * Whether the merchant holds money of the payer through this attempt: paid and not wholly refunded,
 * or reported as paid by UnionPay after the attempt had failed.
 */
function holdsMoney({
  state,
  needs_review,
  review_reason,
  amount_fen,
  refunded_fen,
}: Attempt): boolean {
  if (state === 'succeeded') return amount_fen > refunded_fen
  return (
    needs_review && (review_reason === 'succeeded_after_failure' || review_reason === 'paid_twice')
  )
}

/** What the payer paid beyond one payment of the order, in fen: what is to be refunded. */
function surplusOf(attempts: readonly Attempt[]): number {
  const holding = attempts.filter(holdsMoney)
  const held_fen = holding.reduce(
    (sum, { amount_fen, refunded_fen }) => sum + amount_fen - refunded_fen,
    0,
  )
  return Math.max(0, held_fen - Math.max(0, ...holding.map(({ amount_fen }) => amount_fen)))
}

/** The surplus that is not being refunded already, in fen. */
export const freeSurplusOf = (attempts: readonly Attempt[]): number =>
  surplusOf(attempts) - attempts.reduce((sum, { refunding_fen }) => sum + refunding_fen, 0)

/** Whether the payer paid more than one payment of the order. */
export const isPaidTwice = (attempts: readonly Attempt[]): boolean => surplusOf(attempts) > 0

/** A charge that enters a review, or with null ends it; its state stays. */
export type ReviewChange = {
  order_id: string
  state: Charge['state']
  review: 'paid_twice' | 'succeeded_after_failure' | null
}

/**
 * Which charges of one merchant's order enter review `paid_twice`, or end it: at most one of them
 * may hold money. Another review that a charge is in already stays. Pure.
 */
export function decideReviews(attempts: readonly Attempt[]): ReviewChange[] {
  if (isPaidTwice(attempts)) {
    return attempts
      .filter(holdsMoney)
      .filter(
        ({ needs_review, review_reason }) =>
          !needs_review || review_reason === 'succeeded_after_failure',
      )
      .map(({ order_id, state }) => ({ order_id, state, review: 'paid_twice' }))
  }
  return attempts
    .filter(({ needs_review, review_reason }) => needs_review && review_reason === 'paid_twice')
    .map(({ order_id, state }) => ({
      order_id,
      state,
      review: state === 'failed' ? 'succeeded_after_failure' : null,
    }))
}

/**
 * What a person's decision changes besides the state that it names: compares every charge of the
 * merchant's order, and what of each is refunded, before and after it. Pure. A preview shows only
 * what this finds, so it must look at everything that depends on a charge.
 */
export function consequencesOf(
  before: readonly Attempt[],
  after: readonly Attempt[],
): OrderConsequence[] {
  const grows = (sum: (attempts: readonly Attempt[]) => number): number => sum(after) - sum(before)
  const found: Record<OrderConsequence, boolean> = {
    day_limit_used: grows(usedOf) > 0,
    day_limit_freed: grows(usedOf) < 0,
    order_may_be_charged_again: before.some(forbidsAnother) && !after.some(forbidsAnother),
    order_is_paid_twice: isPaidTwice(after),
    order_is_paid_once: before.some(isInReviewAsPaidTwice) && !after.some(isInReviewAsPaidTwice),
    charge_may_be_refunded: grows((attempts) => attempts.filter(mayBeRefunded).length) > 0,
    notice_covers_another_debit: grows((attempts) => attempts.filter(holdsNotice).length) < 0,
    amount_may_be_refunded_again: grows(refundsOf) < 0,
    amount_was_refunded: grows(refundedOf) > 0,
  }
  return (Object.keys(found) as OrderConsequence[]).filter((name) => found[name])
}

/** The order is not charged again while this holds. */
const forbidsAnother = ({ state, needs_review }: Attempt): boolean =>
  state !== 'failed' || needs_review

const isInReviewAsPaidTwice = ({ needs_review, review_reason }: Attempt): boolean =>
  needs_review && review_reason === 'paid_twice'

/**
 * A debit notice, or the exemption of a contract's first debit, stays used while the debit may have
 * been made.
 */
const holdsNotice = (attempt: Attempt): boolean =>
  (attempt.notice_ref !== null || attempt.first_debit_of !== null) && forbidsAnother(attempt)

const sumOf =
  (part: (attempt: Attempt) => number) =>
  (attempts: readonly Attempt[]): number =>
    attempts.reduce((sum, attempt) => sum + part(attempt), 0)

const usedOf = sumOf(({ state, amount_fen }) => (state === 'failed' ? 0 : amount_fen))

const refundedOf = sumOf(({ refunded_fen }) => refunded_fen)

const refundsOf = sumOf(({ refunded_fen, refunding_fen }) => refunded_fen + refunding_fen)

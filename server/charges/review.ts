import { mayBeGivenBack, type Amounts, type Charge } from './charge.ts'
import type { OrderConsequence } from '../api.ts'

/** An attempt to collect a merchant's order, with what of it went back and is on its way back. */
export type Attempt = Charge & Pick<Amounts, 'refunded_fen' | 'refunding_fen'>

/**
 * Whether money of the payer is here through this attempt: paid and not given back whole, or paid as UnionPay says after the attempt
 * had failed.
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

/** Money of the payer beyond one payment of the order, in fen: what is to be given back. */
export function surplusOf(attempts: readonly Attempt[]): number {
  const holding = attempts.filter(holdsMoney)
  const held_fen = holding.reduce(
    (sum, { amount_fen, refunded_fen }) => sum + amount_fen - refunded_fen,
    0,
  )
  return Math.max(0, held_fen - Math.max(0, ...holding.map(({ amount_fen }) => amount_fen)))
}

/** What of the surplus is not on its way back already, in fen. */
export const freeSurplusOf = (attempts: readonly Attempt[]): number =>
  surplusOf(attempts) - attempts.reduce((sum, { refunding_fen }) => sum + refunding_fen, 0)

/** Whether more of the payer's money is here than one payment of the order. */
export const isPaidTwice = (attempts: readonly Attempt[]): boolean => surplusOf(attempts) > 0

/** A charge that goes into a review, or with null leaves it, while its state stays. */
export type ReviewChange = {
  order_id: string
  state: Charge['state']
  review: 'paid_twice' | 'succeeded_after_failure' | null
}

/**
 * Which charges of one merchant's order go into review `paid_twice`, or leave it: at most one of them may hold money. Another review
 * that a charge is in already stays. Pure.
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
 * What a person's decision changes besides the state that it names: every charge of the merchant's order and what went back of each,
 * as they were before and as they are after it. Pure: a preview names what this finds, so it must look at whatever hangs on a charge.
 */
export function consequencesOf(
  before: readonly Attempt[],
  after: readonly Attempt[],
): OrderConsequence[] {
  const grows = (sum: (attempts: readonly Attempt[]) => number): number => sum(after) - sum(before)
  const found: Record<OrderConsequence, boolean> = {
    day_limit_used: grows(usedOf) > 0,
    day_limit_freed: grows(usedOf) < 0,
    order_may_be_charged_again: before.some(isInTheWay) && !after.some(isInTheWay),
    order_is_paid_twice: isPaidTwice(after),
    order_is_paid_once: before.some(isInReviewAsPaidTwice) && !after.some(isInReviewAsPaidTwice),
    charge_may_be_refunded: grows((attempts) => attempts.filter(mayBeGivenBack).length) > 0,
    notice_covers_another_debit: grows((attempts) => attempts.filter(holdsNotice).length) < 0,
    amount_may_be_refunded_again: grows(backOf) < 0,
    amount_was_refunded: grows(refundedOf) > 0,
  }
  return (Object.keys(found) as OrderConsequence[]).filter((name) => found[name])
}

/** The order is not charged again beside it. */
const isInTheWay = ({ state, needs_review }: Attempt): boolean => state !== 'failed' || needs_review

const isInReviewAsPaidTwice = ({ needs_review, review_reason }: Attempt): boolean =>
  needs_review && review_reason === 'paid_twice'

/** A debit notice, or the exemption of a contract's first debit, stays used while the debit may have been made. */
const holdsNotice = (attempt: Attempt): boolean =>
  (attempt.notice_ref !== null || attempt.first_debit_of !== null) && isInTheWay(attempt)

const sumOf =
  (part: (attempt: Attempt) => number) =>
  (attempts: readonly Attempt[]): number =>
    attempts.reduce((sum, attempt) => sum + part(attempt), 0)

const usedOf = sumOf(({ state, amount_fen }) => (state === 'failed' ? 0 : amount_fen))

const refundedOf = sumOf(({ refunded_fen }) => refunded_fen)

const backOf = sumOf(({ refunded_fen, refunding_fen }) => refunded_fen + refunding_fen)

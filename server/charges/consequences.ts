import type { OrderConsequence } from '../api.ts'
import { mayBeGivenBack } from './charge.ts'
import { isPaidTwice, type Attempt } from './order-review.ts'

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

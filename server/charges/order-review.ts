import type { Charge } from './charge.ts'

/** An attempt to collect a merchant's order, with what of it went back and is on its way back, in fen. */
export type Attempt = Charge & { returned_fen: number; returning_fen: number }

/**
 * Whether money of the payer is here through this attempt: paid and not given back whole, or paid as UnionPay says after the attempt
 * had failed.
 */
function holdsMoney({
  state,
  needs_review,
  review_reason,
  amount_fen,
  returned_fen,
}: Attempt): boolean {
  if (state === 'succeeded') return amount_fen > returned_fen
  return (
    needs_review && (review_reason === 'succeeded_after_failure' || review_reason === 'paid_twice')
  )
}

/** Whether more than one charge of one merchant's order holds money. */
export const isPaidTwice = (attempts: readonly Attempt[]): boolean =>
  attempts.filter(holdsMoney).length > 1

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

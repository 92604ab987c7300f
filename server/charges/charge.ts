import type { Transaction } from '../transactions/transaction.ts'

/** Money taken by contract number: one row of `charges`. */
export type Charge = Transaction & {
  contract_ref: string
  plan_id: string
  merchant_order_no: string
  description: string
  accepted_on: string
  /** the debit notice that it used */
  notice_ref: string | null
  /** the contract whose exemption it used: the payer agreed to the first debit by signing */
  first_debit_of: string | null
}

/** A charge with what lists show beside it. */
export type ChargeRow = Charge & Amounts & { user_id: string }

/**
 * Only what is paid for certain is refunded; of an order that was paid twice, the payment that is
 * too much.
 */
export const mayBeRefunded = ({
  state,
  needs_review,
  review_reason,
}: Pick<Charge, 'state' | 'needs_review' | 'review_reason'>): boolean =>
  state === 'succeeded' && (!needs_review || review_reason === 'paid_twice')

/**
 * A debit that was declined for lack of funds is tried again; its notice stays valid for so many
 * days.
 */
export const notice_holds_days = 15

/** What the merchant wants charged. `limits`: those of the contract's plan. */
export type ChargeRequest = {
  merchant_order_no: string
  amount_fen: number
  description: string
  merchant_no: string
}

/**
 * The amounts of one charge, in fen. Defined once, by `amounts` in `store.ts`: the bill and the
 * merchant's API show them, totals of months and plans add them up, reviews and decisions read
 * them. A test compares `leftOf`, what may still be refunded, with them.
 */
export type Amounts = {
  /** paid for certain: it succeeded and is not in review */
  paid_fen: number
  /** refunded of it */
  refunded_fen: number
  /** being refunded, or nobody knows whether it was; not refunded a second time */
  refunding_fen: number
  /** what the payer paid in the end: `paid_fen` less `refunded_fen`; 0 unless paid for certain */
  net_fen: number
  /** what may still turn out either way */
  pending_fen: number
}

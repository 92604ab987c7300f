import type { Order } from '../transactions/transaction.ts'

/** Money taken by contract number: one row of `charges`. */
export type Charge = Order & {
  contract_ref: string
  plan_id: string
  merchant_order_no: string
  description: string
  accepted_on: string
  /** the debit notice that it used */
  notice_ref: string | null
  /** the contract whose exemption it used: the first debit is what the person signed for */
  first_debit_of: string | null
}

/** A charge with what lists show beside it. */
export type ChargeRow = Charge & Amounts & { user_id: string }

/** Only what is paid for certain is given back; of an order that was paid twice one of the payments is. */
export const mayBeGivenBack = ({
  state,
  needs_review,
  review_reason,
}: Pick<Charge, 'state' | 'needs_review' | 'review_reason'>): boolean =>
  state === 'succeeded' && (!needs_review || review_reason === 'paid_twice')

/** A debit that was refused for want of money is tried again; the notice of it holds for so many days. */
export const notice_holds_days = 15

/** What the merchant wants charged. `limits`: those of the contract's plan. */
export type ChargeRequest = {
  merchant_order_no: string
  amount_fen: number
  description: string
  merchant_no: string
}

/**
 * What of one charge is money, in fen. Decided here alone: the bill and the merchant's API show these amounts, totals of months and
 * plans add them up, and reviews and decisions look at them. What may still be refunded (`leftOf`) is held against them by a test.
 */
export type Amounts = {
  /** paid for certain: it succeeded, and no person has to look */
  paid_fen: number
  /** what of it went back */
  refunded_fen: number
  /** what is on its way back, or of which nobody knows whether it went; it is not given back a second time */
  refunding_fen: number
  /** what the payer paid in the end: `paid_fen` less what went back; 0 unless paid for certain */
  net_fen: number
  /** what may still turn out either way */
  pending_fen: number
}

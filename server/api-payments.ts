import type { Static } from 'typebox'
import type { PlanView } from './api.ts'
import type {
  Charge,
  ChargeDetail,
  OrderConsequence as Consequence,
  OrderHistory,
  Refund,
} from './schemas/orders.ts'

/**
 * The part of the contract between web, merchants and server that is about money; read it through
 * `api.ts`.
 */

/** POST /v1/charges, GET /v1/charges → { charges, next_cursor } */
export type ChargeView = Static<typeof Charge>
/** GET /v1/charges/:order_id */
export type ChargeDetailView = Static<typeof ChargeDetail>
/**
 * POST /v1/charges/:order_id/refunds, POST /v1/charges/:order_id/cancel, GET /v1/refunds → {
 * refunds, next_cursor }
 */
export type RefundView = Static<typeof Refund>
export type OrderHistoryEntry = Static<typeof OrderHistory>

/**
 * Of a charge and of a refund. A pending one may still become either; ask nothing twice meanwhile.
 */
export type OrderState = ChargeView['state']
export type OrderSource = OrderHistoryEntry['source']
export type WaitsFor = NonNullable<ChargeView['waits_for']>

/** closed list; what a person's decision about an order changes besides its state */
export type OrderConsequence = Static<typeof Consequence>

/**
 * closed list; what the payer can do about a charge or a refund that failed; `web/text` holds the
 * words of each
 */
export type PayerAdvice =
  | 'top_up'
  | 'change_card'
  | 'ask_bank'
  | 'sign_again'
  | 'wait'
  | 'over_limit'
  | 'ask_merchant' // nothing the payer can mend
  | 'nothing' // it never reached UnionPay, or a person found that nothing was taken

/** GET /api/bills?month=2026-11&contract=&cursor= → { bills, next_cursor } */
export type BillView = {
  order_id: string
  contract: string // our id
  plan: PlanView
  amount_fen: number
  refunded_fen: number
  /** asked back, not yet arrived */
  refunding_fen: number
  /** paid in the end; 0 unless it is paid for certain. What the totals add up */
  net_fen: number
  description: string
  state: OrderState
  /** somebody looks into it: the amount may not be what it seems */
  in_review: boolean
  /** why it was declined, in Chinese for the payer; null unless failed */
  explanation: string | null
  /** what to do about it; null unless failed */
  advice: PayerAdvice | null
  /** what a pending one waits for; null once it is final */
  waits_for: WaitsFor | null
  paid_at: string // when the charge was accepted
  settled_at: string | null
}

/** closed list; `web/text` holds the words of each */
export type BillStep =
  | 'asked' // the merchant asked for the money
  | 'paid'
  | 'declined'
  | 'not_sent'
  | 'in_review'
  | 'found_paid'
  | 'found_unpaid' // a person decided
  | 'refund_asked'
  | 'refunded'
  | 'refund_failed'
  | 'cancel_asked'
  | 'cancelled'
  | 'cancel_failed'

export type BillEntry = {
  at: string
  step: BillStep
  source: OrderSource
  amount_fen: number
  advice: PayerAdvice | null
  text: string
}

/** GET /api/bills/:order_id */
export type BillDetailView = BillView & {
  merchant_order_no: string
  query_id: string | null
  /** oldest first, charge and refunds together; `text` says it in Chinese */
  history: BillEntry[]
  refunds: {
    order_id: string
    kind: 'refund' | 'cancel'
    amount_fen: number
    state: OrderState
    asked_at: string
    settled_at: string | null
  }[]
}

/**
 * What was charged and refunded in a range of bills; `net_fen` = paid_fen − refunded_fen. Only what
 * is certain is money here.
 */
export type BillTotals = {
  /** bills that were paid, were not, or wait */
  count: number
  paid_fen: number
  /** of the same bills, whenever it came back */
  refunded_fen: number
  net_fen: number
  pending_fen: number
}

/** GET /api/bills/months?contract= → { months }: every Shanghai month with a bill, newest first */
export type BillMonth = BillTotals & { month: string } // YYYY-MM

/**
 * GET /api/bills/summary?month=2026-11 or newest, the last one with a bill; without a month, of all
 * time
 */
export type BillSummary = BillTotals & {
  month: string | null
  scenarios: (BillTotals & { scenario: PlanView['scenario'] })[]
}

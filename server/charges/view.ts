import type {
  ChargeDetailView,
  ChargeView,
  OrderHistoryEntry,
  OrderState,
  RefundView,
} from '../api.ts'
import { ruleOn } from '../unionpay/payments.ts'
import type { ChargeRow } from './charge.ts'
import type { Transaction } from '../transactions/transaction.ts'

export const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** What UnionPay's code means, for the operator and for the payer; null without a code. */
export function explain(
  state: OrderState,
  unionpay_code: string | null,
): { operator: string; payer: string } | null {
  if (unionpay_code === null) return null
  const { operator, payer } = ruleOn(state === 'pending' ? 'answer' : 'query', unionpay_code)
  return { operator, payer }
}

/** The fields that charges and refunds share. */
export const viewTransaction = (order: Transaction) => ({
  order_id: order.order_id,
  amount_fen: order.amount_fen,
  state: order.state,
  needs_review: order.needs_review,
  review_reason: order.review_reason,
  reason: order.reason,
  unionpay_code: order.unionpay_code,
  unionpay_text: order.unionpay_text,
  explanation: explain(order.state, order.unionpay_code),
  query_id: order.query_id,
  accepted_at: order.accepted_at.toISOString(),
  settled_at: iso(order.settled_at),
  settle_on: order.settle_on,
  waits_for: order.waits_for,
  next_query_at: order.waits_for === 'notification' ? iso(order.due_at) : null,
})

/** A charge as the merchant's systems see it. */
export const viewCharge = (charge: ChargeRow): ChargeView => ({
  ...viewTransaction(charge),
  merchant_order_no: charge.merchant_order_no,
  merchant_no: charge.merchant_no,
  contract: charge.contract_ref,
  user_id: charge.user_id,
  plan_id: charge.plan_id,
  refunded_fen: charge.refunded_fen,
  description: charge.description,
})

export const viewChargeDetail = (
  charge: ChargeRow,
  history: OrderHistoryEntry[],
  refunds: RefundView[],
): ChargeDetailView => ({ ...viewCharge(charge), history, refunds })

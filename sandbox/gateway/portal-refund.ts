import { Type, type Static } from 'typebox'
import { compactBeijingTime } from '../beijing-time.ts'
import type { Parts } from '../parts.ts'
import { randomHex } from '../random.ts'
import type { Message } from './message.ts'
import type { Order } from './order.ts'
import type { Result } from './result.ts'
import { refund } from './transactions/refund.ts'

export const PortalRefundSchema = Type.Object(
  {
    /** of the charge */
    order_id: Type.String({ minLength: 1, maxLength: 64 }),
    merchant: Type.Optional(Type.String({ maxLength: 64 })),
    /** default: the whole remainder */
    amount_fen: Type.Optional(Type.Integer({ minimum: 1, maximum: 999_999_999_999 })),
  },
  { additionalProperties: false },
)
export type PortalRefund = Static<typeof PortalRefundSchema>

/**
 * A refund made by hand on UnionPay's merchant portal: its order number is unknown to the
 * merchant's server, and it names the charge by origQryId. It is checked, booked, notified to the
 * charge's backUrl and put into the statement like any other. UnionPay has not published where it
 * notifies such a refund. Null when there is no such charge.
 */
export function refundAtPortal(
  parts: Parts,
  { order_id, merchant, amount_fen }: PortalRefund,
): { order: Order } | { refusal: Result } | null {
  const charge = parts.orders
    .named(order_id)
    .find((one) => merchant === undefined || one.merchant === merchant)
  if (!charge) return null
  const judged = parts.atomically(() => {
    const left_fen = charge.amount_fen - parts.orders.givenBack(charge.position).refunded_fen
    const { order, refusal } = refund.judge(parts, requestOf(parts, charge, amount_fen ?? left_fen))
    return refusal ? { refusal } : { order: parts.orders.accept(order, {}, parts.clock.nowMs()) }
  })
  parts.payment_notices.wake()
  return judged
}

function requestOf(parts: Parts, charge: Order, amount_fen: number): Message {
  const { encoding = 'UTF-8', signMethod = '01', accessType = '0' } = charge.request
  return {
    encoding,
    signMethod,
    accessType,
    txnType: '04',
    txnSubType: '00',
    bizType: charge.request.bizType ?? '000000',
    merId: charge.merchant,
    orderId: `PORTAL${randomHex(7).toUpperCase()}`,
    txnTime: compactBeijingTime(parts.clock.now()),
    txnAmt: String(amount_fen),
    currencyCode: '156',
    backUrl: charge.request.backUrl ?? '',
    ...(charge.query_id === null
      ? { origOrderId: charge.order_id, origTxnTime: charge.txn_time }
      : { origQryId: charge.query_id }),
  }
}

import type { Parts } from '../parts.ts'
import type { Order } from './order.ts'

const instant = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString()

/** One order with everything known about it, for the control API. */
export function orderView(parts: Parts, order: Order) {
  const pace = parts.referee.paceOf(order.merchant, order.order_id)
  const { refunded_fen, cancels } = parts.orders.givenBack(order.position)
  return {
    ...order,
    received_at: instant(order.received_at),
    book_at: instant(order.book_at),
    booked_at: instant(order.booked_at),
    original_order_id:
      order.original === null ? null : (parts.orders.byPosition(order.original)?.order_id ?? null),
    refunded_fen,
    cancelled: cancels > 0,
    ended_at: instant(pace?.ended_at ?? null),
    last_query_at: instant(pace?.last_query_at ?? null),
    queries: pace?.queries ?? 0,
    violations: pace?.violations ?? 0,
    notices: parts.payment_notices
      .ofOrder(order.order_id)
      .filter((one) => one.merchant === order.merchant),
  }
}

/**
 * A summary of the gateway for the wallet page and the complete state: merchants, and their pacing
 * violations.
 */
export function gatewayView(parts: Parts) {
  const offenders = new Map(parts.referee.offenders().map((one) => [one.merchant, one]))
  return {
    merchants: parts.pki.merchants.map((merchant) => ({
      merchant,
      violations: 0,
      last_order_id: null,
      last_reason: null,
      last_at: null,
      blacklisted_at: null,
      ...offenders.get(merchant),
    })),
    orders: parts.orders.latest(50).map(({ request: _request, course: _course, ...order }) => ({
      ...order,
      received_at: instant(order.received_at),
      book_at: instant(order.book_at),
      booked_at: instant(order.booked_at),
    })),
  }
}

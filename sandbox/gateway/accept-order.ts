import type { Parts } from '../parts.ts'
import { book } from './book.ts'
import type { Saying } from './effects.ts'
import type { Message } from './message.ts'
import type { Course, Order } from './order.ts'
import { result } from './result.ts'
import type { GatewayEffect } from './rules.ts'
import { sendPaymentNotice } from './send-payment-notice.ts'
import type { MoneyTransaction } from './transaction.ts'

/**
 * Accepts or refuses a money request. 00 means accepted: it is booked later, or at once when a rule
 * sends the notification before the answer.
 */
export async function acceptOrder(
  parts: Parts,
  transaction: MoneyTransaction,
  request: Message,
  effect: GatewayEffect | null,
): Promise<Saying> {
  const accepted = parts.atomically(() => judge(parts, transaction, request, effect))
  if (!('order' in accepted)) return accepted
  const { order } = accepted
  if (order.course.notice === 'before_answer') await settleFirst(parts, order)
  else parts.payment_notices.wake()
  const original = order.original === null ? null : parts.orders.byPosition(order.original)
  return {
    ...result('00'),
    fields: {
      queryId: order.query_id ?? '',
      ...(original?.query_id ? { origQryId: original.query_id } : {}),
    },
  }
}

function judge(
  parts: Parts,
  transaction: MoneyTransaction,
  request: Message,
  effect: GatewayEffect | null,
): { order: Order } | Saying {
  if (parts.orders.byOrderId(request.merId ?? '', request.orderId ?? ''))
    return { ...result('12', `orderId ${request.orderId} 重复`), fields: {} }
  const { order, refusal } = transaction.judge(parts, request)
  if (refusal) {
    parts.orders.refuse(order, refusal)
    return { ...refusal, fields: {} }
  }
  const delay_ms =
    effect?.book_after_ms === undefined
      ? parts.switches.read().booking_delay_ms
      : effect.book_after_ms
  return {
    order: parts.orders.accept(
      order,
      courseOf(effect),
      delay_ms === null ? null : parts.clock.nowMs() + delay_ms,
    ),
  }
}

function courseOf(effect: GatewayEffect | null): Course {
  const outcome = effect?.kind === 'outcome' ? effect.resp : effect?.outcome
  return {
    ...(outcome === undefined ? {} : { outcome }),
    ...(effect?.notice === undefined ? {} : { notice: effect.notice }),
    ...(effect?.late_failure === undefined ? {} : { late_failure: effect.late_failure }),
  }
}

/**
 * The notification reaches the merchant before the answer to the request does (acp-gateway §5,
 * ordering).
 */
async function settleFirst(parts: Parts, order: Order): Promise<void> {
  const number = parts.atomically(() => book(parts, order, 'before_answer'))
  const notice = number === null ? null : parts.payment_notices.byId(number)
  if (notice) await sendPaymentNotice(parts, notice)
}

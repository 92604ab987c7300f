import type { Parts } from '../parts.ts'
import { returnToCard, chargeCards } from './cards.ts'
import { clearingDay } from './clearing-day.ts'
import type { Order } from './order.ts'
import type { Booking } from './orders.ts'
import { queuePaymentNotice, type NoticeTiming } from './queue-payment-notice.ts'
import { meansPaid, result, type Result } from './result.ts'

const most_per_round = 200

/** Settles every due order in one transaction and queues the notifications. Returns how many. */
export function bookDue(parts: Parts): number {
  return parts.atomically(() => {
    const due = parts.orders.due(most_per_round)
    for (const order of due) book(parts, order, parts.switches.read().payment_notice_timing)
    return due.length
  })
}

/** Settles one accepted order: moves the money or not, and queues the notification. */
export function book(parts: Parts, order: Order, timing: NoticeTiming): number | null {
  const settled = parts.orders.book(order, settlementOf(parts, order))
  return queuePaymentNotice(parts, settled, order.course.notice ?? timing)
}

function settlementOf(parts: Parts, order: Order): Booking {
  const clearing_day = clearingDay(parts.clock.nowMs(), parts.switches.read().clearing_day_ends)
  const { outcome } = order.course
  const nothing = (with_code: Result): Booking => ({
    ...with_code,
    paid: false,
    card: null,
    advanced: false,
    clearing_day,
  })
  if (outcome !== undefined && !meansPaid(outcome)) return nothing(result(outcome))
  const succeeded = result(outcome ?? '00')
  const moved =
    order.kind === 'charge'
      ? payCharge(parts, order, outcome !== undefined)
      : refundCard(parts, order)
  return 'resp_code' in moved
    ? nothing(result(moved.resp_code, '', 'card'))
    : { ...succeeded, paid: true, ...moved, clearing_day }
}

/**
 * 银联垫付: the merchant is paid although every card failed, and the ledger says advanced (MANUAL,
 * 附录 1).
 */
function payCharge(
  parts: Parts,
  order: Order,
  regardless: boolean,
): { card: Order['card']; advanced: boolean } | { resp_code: string } {
  const contract = parts.contracts.byId(order.contract_id ?? '')
  const user = contract && parts.users.byId(contract.user_id)
  if (!contract || !user) return { resp_code: '89' }
  const taken = chargeCards(parts, user, order.amount_fen, regardless)
  if ('card' in taken) return { card: taken.card, advanced: false }
  return regardless || parts.templates.get(contract.plan_id)?.advances
    ? { card: null, advanced: true }
    : taken
}

/** Refunds to the card that paid; for an advanced charge, to UnionPay. */
function refundCard(parts: Parts, order: Order): { card: Order['card']; advanced: boolean } {
  const charge = order.original === null ? null : parts.orders.byPosition(order.original)
  const contract = parts.contracts.byId(charge?.contract_id ?? '')
  if (charge?.card && contract) returnToCard(parts, contract.user_id, charge.card, order.amount_fen)
  return { card: charge?.card ?? null, advanced: charge?.advanced ?? false }
}

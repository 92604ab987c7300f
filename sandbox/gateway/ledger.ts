import type { Parts } from '../parts.ts'
import { settleDate } from './clearing-day.ts'
import type { Order, OrderKind } from './order.ts'

export type LedgerEntry = {
  kind: OrderKind
  order_id: string
  merchant: string
  contract_id: string | null
  amount_fen: number
  card: Order['card']
  /** paid by UnionPay, not by a card (银联垫付) */
  advanced: boolean
  query_id: string
  /** of a refund or cancel: its charge */
  original_order_id: string | null
  txn_time: string
  resp_code: string
  booked_at: string
  clearing_day: string
  /** MMDD, as in messages */
  settle_date: string
}

/** All money movements, in booking order: the ground truth to compare a merchant's books with. */
export function ledger(parts: Parts): LedgerEntry[] {
  return parts.orders.booked().map((order) => ({
    kind: order.kind,
    order_id: order.order_id,
    merchant: order.merchant,
    contract_id: order.contract_id,
    amount_fen: order.amount_fen,
    card: order.card,
    advanced: order.advanced,
    query_id: order.query_id ?? '',
    original_order_id:
      order.original === null ? null : (parts.orders.byPosition(order.original)?.order_id ?? null),
    txn_time: order.txn_time,
    resp_code: order.resp_code,
    booked_at: new Date(order.booked_at ?? 0).toISOString(),
    clearing_day: order.clearing_day ?? '',
    settle_date: settleDate(order.clearing_day ?? ''),
  }))
}

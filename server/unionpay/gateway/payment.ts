import type { Fields } from './message.ts'
import { ruleOn, type Ruling } from './resp-codes.ts'
import { readSettled, type Settled } from './settled.ts'

/**
 * A verified notification of a charge, refund or cancel in our words (ACP §5). Whether it fits the
 * order: findMismatches.
 */
export type Payment = {
  merchant: string
  order_id: string
  txn_time: string
  /** 01 charge, 04 refund, 31 cancel */
  txn_type: string
  /** what the message says; null when it says none that is whole fen */
  amount_fen: number | null
  code: string
  message: string
  ruling: Ruling
  original_query_id: string | null
  settled: Settled
}

/** Null when it lacks what says which order it is about, or a respCode. */
export function readPayment(fields: Fields): Payment | null {
  const { merId, orderId, txnTime, txnType, respCode } = fields
  if (!merId || !orderId || !txnTime || !txnType || !respCode) return null
  return {
    merchant: merId,
    order_id: orderId,
    txn_time: txnTime,
    txn_type: txnType,
    amount_fen: /^\d{1,12}$/.test(fields.txnAmt ?? '') ? Number(fields.txnAmt) : null,
    code: respCode,
    message: fields.respMsg ?? '',
    ruling: ruleOn('notification', respCode),
    original_query_id: fields.origQryId || null,
    settled: readSettled(fields),
  }
}

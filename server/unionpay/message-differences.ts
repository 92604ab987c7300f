import { findMismatches } from './gateway/match.ts'
import { fieldsOf } from './show-message.ts'

/** An order of ours as a message about it should know it. */
export type OwnOrder = {
  order_id: string
  merchant_no: string
  txn_time: string
  amount_fen: number
}

/**
 * Where a message says another thing than the order; `theirs` is null where it says nothing.
 * Amounts in fen.
 */
export type Difference = {
  what: 'merchant_no' | 'order_id' | 'txn_time' | 'amount' | 'currency'
  ours: string
  theirs: string | null
}

const renminbi = '156'
const names = {
  merId: 'merchant_no',
  orderId: 'order_id',
  txnTime: 'txn_time',
  txnAmt: 'amount',
  currencyCode: 'currency',
} as const

/**
 * What a person is shown of a notification in review: both values of each field that differs.
 * `text` is the message as it is stored.
 */
export function findDifferences(text: string, order: OwnOrder): Difference[] {
  const fields = Object.fromEntries(fieldsOf(text))
  const expected = {
    merId: order.merchant_no,
    orderId: order.order_id,
    txnTime: order.txn_time,
    txnType: '',
    txnAmt: String(order.amount_fen),
    currencyCode: renminbi,
  }
  return findMismatches(fields, expected, { money: 'required', any_type: true }).flatMap(
    ({ field, expected: ours, found }) =>
      field === 'txnType' ? [] : [{ what: names[field], ours, theirs: found }],
  )
}

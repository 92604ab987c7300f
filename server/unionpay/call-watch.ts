/** A call to UnionPay, for metrics and traces; never holds a body. `code` is UnionPay's own, null where no answer came. */
export type OnUnionPayCall = (call: {
  door: string
  outcome: string
  code: string | null
  duration_ms: number
  order_id?: string
}) => void

/** The gateway's transactions (ACP §3.6, §6, §7) in the words of our operations. */
const doors: Record<string, string> = {
  '01': 'charge',
  '04': 'refund',
  '31': 'cancel',
  '00': 'query',
  '76': 'statement',
  '95': 'certificate',
}
export const doorOf = (txn_type: string): string => doors[txn_type] ?? 'other'

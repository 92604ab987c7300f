import type { BillView } from '../../server/api.ts'
import type { BillMark } from '../text/message-types.ts'

/** The label of a bill. A review has priority over a refund, and a refund over the payment. */
export function markOf(
  bill: Pick<BillView, 'state' | 'in_review' | 'amount_fen' | 'refunded_fen' | 'refunding_fen'>,
): BillMark {
  if (bill.in_review) return 'review'
  if (bill.state !== 'succeeded') return bill.state
  if (bill.refunding_fen > 0) return 'returning'
  if (bill.refunded_fen >= bill.amount_fen) return 'returned'
  return bill.refunded_fen > 0 ? 'part' : 'paid'
}

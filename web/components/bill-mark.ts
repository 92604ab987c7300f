import type { BillView } from '../../server/api.ts'
import type { BillMark } from '../text/words.ts'

/** The one word for a bill. What came back outweighs what was paid; doubt outweighs both. */
export function markOf(
  bill: Pick<BillView, 'state' | 'in_review' | 'amount_fen' | 'refunded_fen' | 'refunding_fen'>,
): BillMark {
  if (bill.in_review) return 'review'
  if (bill.state !== 'succeeded') return bill.state
  if (bill.refunding_fen > 0) return 'returning'
  if (bill.refunded_fen >= bill.amount_fen) return 'returned'
  return bill.refunded_fen > 0 ? 'part' : 'paid'
}

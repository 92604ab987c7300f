import type { Charge } from '../charges/charge.ts'
import { appendHistory } from '../transactions/store.ts'
import { reviewOrder, type Settlement } from '../charges/settlement.ts'
import { settleDay } from '../transactions/transaction.ts'
import type { Queryable } from '../storage/database.ts'
import type { Payment } from '../unionpay/payments.ts'
import { insertPortalRefund } from './store.ts'

/** Whether a verified notification says that money of an earlier transaction went back. */
export const isPaidRefund = (about: Payment): boolean =>
  about.txn_type === '04' &&
  about.original_query_id !== null &&
  about.amount_fen !== null &&
  about.ruling.treatment === 'succeeded'

/**
 * Records a refund that was made at UnionPay's merchant portal, not here: the money of this charge
 * went back, so it counts like a refund of ours. The caller holds the lock of the charge's order.
 * Gives the charges whose review changed by it.
 */
export async function recordPortalRefund(
  db: Queryable,
  charge: Charge,
  about: Payment,
): Promise<Settlement['reviews']> {
  const { order_id } = about
  await insertPortalRefund(db, {
    order_id,
    charge_ref: charge.order_id,
    merchant_no: charge.merchant_no,
    amount_fen: about.amount_fen ?? 0,
    txn_time: about.txn_time,
    profile_digest: charge.profile_digest,
    query_id: about.settled.query_id,
    settle_on: settleDay(about.settled.settle_date, new Date(charge.accepted_at)),
    unionpay_code: about.code,
  })
  const source = 'notification'
  await appendHistory(db, { order_id, from_state: null, to_state: 'pending', source })
  const unionpay_code = about.code
  await appendHistory(db, {
    order_id,
    from_state: 'pending',
    to_state: 'succeeded',
    source,
    unionpay_code,
  })
  return (await reviewOrder(db, charge.order_id, source)).reviews
}

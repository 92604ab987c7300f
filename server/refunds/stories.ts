import type { RefundView } from '../api.ts'
import type { RefundWithHistory } from '../bills/view.ts'
import { readOrderHistory } from '../transactions/store.ts'
import type { Queryable } from '../storage/database.ts'
import { viewRefund } from './routes.ts'
import { listRefunds } from './store.ts'

/** What was given back of a charge, oldest first. */
export const refundsOf = async (db: Queryable, charge_ref: string): Promise<RefundView[]> =>
  (await listRefunds(db, charge_ref)).map(viewRefund)

/** The same with how each went. */
export async function refundsWithHistory(
  db: Queryable,
  charge_ref: string,
): Promise<RefundWithHistory[]> {
  const stories: RefundWithHistory[] = []
  for (const refund of await refundsOf(db, charge_ref))
    stories.push({ refund, history: await readOrderHistory(db, refund.order_id) })
  return stories
}

import type { ChargesContext } from '../charges/context.ts'
import type { Finding } from '../charges/order.ts'
import { tellSettling } from '../charges/settle-charge.ts'
import { settleOrder, type Settling } from '../charges/settle-order.ts'
import { transaction, type Queryable } from '../storage/database.ts'
import type { Refund } from './refund.ts'
import { findRefund } from './store.ts'

/** Settles a refund or cancel with what a door found, in one transaction. Returns it as it is now. */
export async function settleRefund(
  context: ChargesContext,
  order_id: string,
  finding: Finding,
): Promise<Refund> {
  const settling = await transaction(context.database, (db) =>
    settleRefundIn(db, order_id, finding),
  )
  if (!settling) throw new Error(`refund ${order_id} is gone`)
  tellSettling(context, order_id, finding, settling)
  return (await findRefund(context.database.pool, order_id)) as Refund
}

/** One that fails holds its amount no longer; nothing else has to be undone. */
export const settleRefundIn = (
  db: Queryable,
  order_id: string,
  finding: Finding,
): Promise<Settling | null> => settleOrder(db, 'refunds', order_id, finding)

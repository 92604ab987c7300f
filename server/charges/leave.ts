import type { ChargesContext } from './context.ts'
import type { Order, OrderTable } from './order.ts'

/**
 * Lets an accepted order leave once: waits for a place unless it has one, marks the order as leaving unless its acceptance did, then
 * sends it. `missed` says what becomes of one that may not leave. A place is given back in any case.
 */
export async function leaveOnce<Result>(
  { gate, markBatch }: Pick<ChargesContext, 'gate' | 'markBatch'>,
  table: OrderTable,
  order: Pick<Order, 'order_id' | 'sent_at'>,
  has_place: boolean,
  send: () => Promise<Result>,
  missed: () => Promise<Result>,
): Promise<Result> {
  if (!has_place && !(await gate.enter())) return missed()
  try {
    if (order.sent_at === null && !(await markBatch[table](order.order_id))) return await missed()
    return await send()
  } finally {
    gate.leave()
  }
}

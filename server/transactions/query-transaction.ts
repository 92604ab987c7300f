import { slot_lasts_s } from '../kernel/query-schedule.ts'
import { repeatableTransaction } from '../storage/database.ts'
import type { PaymentKind, QueryResult } from '../unionpay/payments.ts'
import type { TransactionsContext } from './context.ts'
import { jitter, backOff, takeSlot, takeTurn } from './query-slots.ts'
import type { Order, OrderTable } from './transaction.ts'

/**
 * The only door to a query, for jobs and everybody. The order's slot and the merchant's turn are taken and committed before the
 * query goes out, so that no restart and no second process asks twice. Null when it is too early, or the slot came too late to be used.
 */
export async function queryOrder(
  context: TransactionsContext,
  table: OrderTable,
  kind: PaymentKind,
  order_id: string,
): Promise<{ order: Order; result: QueryResult } | null> {
  const began = context.clock.now().getTime()
  const order = await takeTurnAndSlot(context, table, order_id)
  if (!order) return null
  const result = await context.payments.query(
    kind,
    order,
    () => context.clock.now().getTime() - began > slot_lasts_s * 1000,
  )
  if (result.kind === 'missed') {
    context.log.warn(
      { order_id },
      'a query was ready to leave only when its slot was over; the next one comes',
    )
    return null
  }
  if (result.kind === 'backs_off') {
    context.log.error(
      { order_id, merchant_no: order.merchant_no, alarm: 'queries_too_frequent' },
      'UnionPay calls our queries too frequent (37); we back off',
    )
    await repeatableTransaction(context.database, (db) => backOff(db, table, order))
  } else if (result.kind !== 'state') {
    context.log.warn(
      { order_id, outcome: result.kind, unionpay_code: result.code },
      'a query told nothing of its order',
    )
  }
  return { order, result }
}

/** Both or none: a slot without a turn is given back. */
async function takeTurnAndSlot(
  context: TransactionsContext,
  table: OrderTable,
  order_id: string,
): Promise<Order | null> {
  try {
    return await repeatableTransaction(context.database, async (db) => {
      const order = await takeSlot(db, table, order_id, context.pace, jitter(context.random))
      if (order && !(await takeTurn(db, order.merchant_no, context.pace))) throw new NotOurTurn()
      return order
    })
  } catch (error) {
    if (error instanceof NotOurTurn) return null
    throw error
  }
}

class NotOurTurn extends Error {}

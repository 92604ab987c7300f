import { slot_lasts_s } from '../kernel/query-schedule.ts'
import { repeatableTransaction } from '../storage/database.ts'
import type { PaymentKind, QueryResult } from '../unionpay/payments.ts'
import type { TransactionsContext } from './context.ts'
import { jitter, backOff, claimSlot, claimTurn } from './query-slots.ts'
import type { Transaction, TransactionTable } from './transaction.ts'

/**
 * The only way to send a query. The transaction's slot and the merchant's turn are claimed and
 * committed before the query is sent, so that no restart and no second process queries twice. Null
 * when it is too early, or the slot was claimed too late to be used.
 */
export async function queryTransaction(
  context: TransactionsContext,
  table: TransactionTable,
  kind: PaymentKind,
  order_id: string,
): Promise<{ transaction: Transaction; result: QueryResult } | null> {
  const began = context.clock.now().getTime()
  const transaction = await claimTurnAndSlot(context, table, order_id)
  if (!transaction) return null
  const result = await context.payments.query(
    kind,
    transaction,
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
      { order_id, merchant_no: transaction.merchant_no, alarm: 'queries_too_frequent' },
      'UnionPay calls our queries too frequent (37); we back off',
    )
    await repeatableTransaction(context.database, (db) => backOff(db, table, transaction))
  } else if (result.kind !== 'state') {
    context.log.warn(
      { order_id, outcome: result.kind, unionpay_code: result.code },
      'a query revealed nothing about its order',
    )
  }
  return { transaction, result }
}

/** Claims both or none: without a turn the slot is rolled back. */
async function claimTurnAndSlot(
  context: TransactionsContext,
  table: TransactionTable,
  order_id: string,
): Promise<Transaction | null> {
  try {
    return await repeatableTransaction(context.database, async (db) => {
      const transaction = await claimSlot(db, table, order_id, context.pace, jitter(context.random))
      if (transaction && !(await claimTurn(db, transaction.merchant_no, context.pace)))
        throw new NotOurTurn()
      return transaction
    })
  } catch (error) {
    if (error instanceof NotOurTurn) return null
    throw error
  }
}

class NotOurTurn extends Error {}

import { escalateUnsettled } from '../transactions/query-slots.ts'
import type { ChargesContext } from '../charges/context.ts'
import type { Outcome } from '../transactions/outcome.ts'
import type { TransactionTable } from '../transactions/transaction.ts'
import {
  afterSettlement,
  logSettlement,
  settledAsPaid,
  settleTransaction,
} from '../charges/settlement.ts'
import { writeClearingDay } from '../transactions/store.ts'
import { writePaid } from '../charges/settlement-store.ts'
import { repeatableTransaction, type Queryable } from '../storage/database.ts'
import { markFound } from './break-store.ts'

export type LineOutcome = {
  order_id: string
  order_kind: 'charge' | 'refund' | 'cancel'
  outcome: Outcome
  moves: boolean
}

const tableOf = ({ order_kind }: Pick<LineOutcome, 'order_kind'>): TransactionTable =>
  order_kind === 'charge' ? 'charges' : 'refunds'

/**
 * What a line says settles like a notification: lock, transition table, history with source
 * `statement`. `beside` is written in the same transaction, after the order is locked. True when it
 * settled the order.
 */
export async function settleLine(
  context: ChargesContext,
  line: LineOutcome,
  beside: (db: Queryable) => Promise<void>,
): Promise<boolean> {
  const { order_id, outcome, moves } = line
  const table = tableOf(line)
  const settlement = await repeatableTransaction(context.database, async (db) => {
    const settled = await settleTransaction(db, table, order_id, outcome)
    if (moves && outcome.settle_on) await writeClearingDay(db, table, order_id, outcome.settle_on)
    await beside(db)
    await markFound(db, [order_id])
    return settled
  })
  if (!settlement) return false
  await afterSettlement(context, settlement, outcome)
  return settlement.decision.kind === 'settle'
}

/**
 * Lines that only say that pending charges are paid, all of a page in one transaction. Gives those
 * it did not settle, because something else happened to the charge meanwhile: they settle one by
 * one.
 */
export async function settlePlainly(
  context: ChargesContext,
  lines: readonly LineOutcome[],
  day: string,
): Promise<LineOutcome[]> {
  if (lines.length === 0) return []
  const paid = lines.map(({ order_id, outcome: { query_id = null } }) => ({
    order_id,
    query_id,
    settle_on: day,
  }))
  const settled = await repeatableTransaction(context.database, async (db) => {
    const order_ids = await writePaid(db, 'statement', paid)
    await markFound(db, order_ids)
    return new Set(order_ids)
  })
  for (const { order_id, outcome } of lines.filter((one) => settled.has(one.order_id)))
    logSettlement(context, settledAsPaid('charges', order_id), outcome)
  return lines.filter(({ order_id }) => !settled.has(order_id))
}

/** Nobody names these orders: a person's turn, with the alarm of any order that waits for one. */
export async function escalateUnnamed(
  { database, log }: ChargesContext,
  order_ids: readonly string[],
): Promise<void> {
  for (const table of ['charges', 'refunds'] as const) {
    for (const order_id of await escalateUnsettled(database.pool, table, order_ids)) {
      log.error(
        { order_id, alarm: 'order_needs_manual_review' },
        'neither the statement of its day nor the next names this order',
      )
    }
  }
}

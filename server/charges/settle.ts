import { sweepSoon } from '../contracts/store-due.ts'
import { repeatableTransaction } from '../storage/database.ts'
import type { ChargesContext } from './context.ts'
import type { Finding, OrderTable } from './order.ts'
import { settleOrder, type Settlement } from './settlement.ts'
import { findCharge } from './store.ts'

/** Settles a charge or refund with what a source found out, in one transaction, and reports it after the commit. */
export async function settle(
  context: ChargesContext,
  table: OrderTable,
  order_id: string,
  finding: Finding,
): Promise<void> {
  const settlement = await repeatableTransaction(context.database, (db) =>
    settleOrder(db, table, order_id, finding),
  )
  if (!settlement) throw new Error(`order ${order_id} is gone`)
  await afterSettlement(context, settlement, finding)
}

/**
 * After the commit: the log, the metrics, and contract.info where the gateway says that the contract is the problem (80, 89): then
 * no lock waits for another.
 */
export async function afterSettlement(
  context: ChargesContext,
  settlement: Settlement,
  finding: Finding,
): Promise<void> {
  logSettlement(context, settlement, finding)
  if (settlement.table !== 'charges' || !finding.contract_problem) return
  const charge = await findCharge(context.database.pool, settlement.order_id)
  if (charge) await sweepSoon(context.database.pool, [charge.contract_ref])
}

/** A settlement without the row: what a batch knows of each of its members. */
export type Settled = Pick<Settlement, 'table' | 'order_id' | 'decision' | 'reviews'> & {
  before: Pick<Settlement['before'], 'state'>
}

/** What a batch settled: every member was pending and is paid now. */
export const settledAsPaid = (table: OrderTable, order_id: string): Settled => ({
  table,
  order_id,
  before: { state: 'pending' },
  decision: { kind: 'settle', to: 'succeeded', review: null },
  reviews: [],
})

/** One line for what became final, and an alarm for each charge that a person must look at. */
export function logSettlement(
  { log, watch }: Pick<ChargesContext, 'log' | 'watch'>,
  { table, order_id, before, decision, reviews }: Settled,
  finding: Pick<Finding, 'source' | 'unionpay_code' | 'reason'>,
): void {
  const line = {
    order_id,
    source: finding.source,
    unionpay_code: finding.unionpay_code ?? null,
    was: before.state,
  }
  if (decision.kind === 'settle') {
    log.info({ ...line, state: decision.to, reason: finding.reason ?? null }, 'settled')
    watch.settled({ table, order_id, state: decision.to, source: finding.source })
  }
  const review = decision.kind === 'nothing' ? null : decision.review
  if (review !== null)
    log.error({ ...line, alarm: 'order_in_review', review }, 'an order needs a person')
  logReviews({ log }, reviews, finding.source)
}

/** The alarm of an order that is paid twice. */
export function logReviews(
  { log }: Pick<ChargesContext, 'log'>,
  reviews: Settlement['reviews'],
  source: Finding['source'],
): void {
  for (const { order_id, review } of reviews) {
    if (review === 'paid_twice')
      log.error(
        { order_id, source, alarm: 'paid_twice' },
        'two charges of one merchant_order_no are paid; give one back',
      )
  }
}

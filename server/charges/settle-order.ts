import type { Queryable } from '../storage/database.ts'
import { weigh, type Decision, type Finding, type Order, type OrderTable } from './order.ts'
import { appendHistory, lockOrder, writeLearned, writeReview, writeSettled } from './order-store.ts'

/** What came of a finding, and the order as it was before. */
export type Settling = { table: OrderTable; before: Order; decision: Decision }

/**
 * The one room all doors lead to: lock the row, apply the transition table, append history with its source, all in the caller's
 * transaction. `beforeFailing` undoes what acceptance took. Null when there is no such order.
 */
export async function settleOrder(
  db: Queryable,
  table: OrderTable,
  order_id: string,
  finding: Finding,
  beforeFailing?: () => Promise<void>,
): Promise<Settling | null> {
  const before = await lockOrder(db, table, order_id)
  if (!before) return null
  const decision = weigh(before, finding)
  const entry = {
    order_id,
    from_state: before.state,
    source: finding.source,
    unionpay_code: finding.unionpay_code ?? null,
  }
  if (decision.kind === 'settle') {
    // First the day, then the row: the other way round an acceptance for the same order could wait for us and we for it.
    if (decision.to === 'failed') await beforeFailing?.()
    await writeSettled(db, table, order_id, decision.to, finding, decision.review)
    await appendHistory(db, {
      ...entry,
      to_state: decision.to,
      reason: decision.review ?? finding.reason ?? null,
    })
  } else {
    await writeLearned(db, table, order_id, finding)
    if (decision.kind === 'review') {
      await writeReview(db, table, order_id, decision.review)
      await appendHistory(db, { ...entry, to_state: before.state, reason: decision.review })
    }
  }
  return { table, before, decision }
}

import { sweepSoon } from '../contracts/store-due.ts'
import { transaction, type Queryable } from '../storage/database.ts'
import type { Charge } from './charge.ts'
import type { ChargesContext } from './context.ts'
import type { Finding } from './order.ts'
import { settleOrder, type Settling } from './settle-order.ts'
import { findCharge, lowerUse } from './store.ts'

/** Settles a charge with what a door found, in one transaction. Returns the charge as it is now. */
export async function settleCharge(
  context: ChargesContext,
  order_id: string,
  finding: Finding,
): Promise<Charge> {
  const settling = await transaction(context.database, (db) =>
    settleChargeIn(db, order_id, finding),
  )
  if (!settling) throw new Error(`charge ${order_id} is gone`)
  tellSettling(context, order_id, finding, settling)
  await afterSettling(context, order_id, finding)
  return (await findCharge(context.database.pool, order_id)) as Charge
}

/** A charge that fails gives back what it used of its day. */
export const settleChargeIn = (
  db: Queryable,
  order_id: string,
  finding: Finding,
): Promise<Settling | null> =>
  settleOrder(db, 'charges', order_id, finding, () => lowerUse(db, order_id))

/** The gateway says the contract is the problem (80, 89): contract.info is asked. After the commit, so that no lock waits for another. */
export async function afterSettling(
  context: ChargesContext,
  order_id: string,
  finding: Finding,
): Promise<void> {
  if (!finding.contract_problem) return
  const charge = await findCharge(context.database.pool, order_id)
  if (charge) await sweepSoon(context.database.pool, [charge.contract_ref])
}

type Told = Pick<Settling, 'table' | 'decision'> & { before: Pick<Settling['before'], 'state'> }

/** After the commit: one log line for what became final, an alarm for what a person must look at. */
export function tellSettling(
  { log, watch }: Pick<ChargesContext, 'log' | 'watch'>,
  order_id: string,
  finding: Finding,
  { table, before, decision }: Told,
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
}

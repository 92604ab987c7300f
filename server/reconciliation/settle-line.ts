import { callPersonFor } from '../charges/query-slots.ts'
import type { Finding } from '../charges/order.ts'
import { writeStated } from '../charges/order-store.ts'
import { afterSettling, settleChargeIn, tellSettling } from '../charges/settle-charge.ts'
import type { ChargesContext } from '../charges/context.ts'
import type { Settling } from '../charges/settle-order.ts'
import { settleRefundIn } from '../refunds/settle-refund.ts'
import { transaction, type Queryable } from '../storage/database.ts'
import { markFound } from './break-store.ts'

export type Told = {
  order_id: string
  order_kind: 'charge' | 'refund' | 'cancel'
  finding: Finding
  moves: boolean
}

/**
 * The statement goes through the one door, like a notification: lock, transition table, history with source `statement`. `beside` is
 * written in the same transaction. True when it settled the order.
 */
export async function settleLine(
  context: ChargesContext,
  { order_id, order_kind, finding, moves }: Told,
  beside: (db: Queryable) => Promise<void>,
): Promise<boolean> {
  const settling = await transaction(context.database, async (db): Promise<Settling | null> => {
    await beside(db)
    const settled = await (order_kind === 'charge' ? settleChargeIn : settleRefundIn)(
      db,
      order_id,
      finding,
    )
    if (moves && finding.settle_on) await moveDay(db, order_kind, order_id, finding.settle_on)
    await markFound(db, [order_id])
    return settled
  })
  if (!settling) return false
  tellSettling(context, order_id, finding, settling)
  await afterSettling(context, order_id, finding)
  return settling.decision.kind === 'settle'
}

/**
 * Lines that only say that pending orders are paid, all of a page in one transaction for charges and one for refunds. Gives those it did
 * not settle, because something else happened to the order meanwhile: they go through the one door.
 */
export async function settlePlainly(
  context: ChargesContext,
  lines: readonly Told[],
  day: string,
): Promise<Told[]> {
  const settled = new Set<string>()
  for (const table of ['charges', 'refunds'] as const) {
    const stated = lines.filter(
      ({ order_kind }) => (order_kind === 'charge') === (table === 'charges'),
    )
    if (stated.length === 0) continue
    const done = await transaction(context.database, async (db) => {
      const order_ids = await writeStated(
        db,
        table,
        stated.map(({ order_id, finding }) => ({ order_id, query_id: finding.query_id ?? null })),
        day,
      )
      await markFound(db, order_ids)
      return new Set(order_ids)
    })
    for (const { order_id, finding } of stated.filter((one) => done.has(one.order_id))) {
      tellSettling(context, order_id, finding, {
        table,
        before: { state: 'pending' },
        decision: { kind: 'settle', to: 'succeeded', review: null },
      })
      settled.add(order_id)
    }
  }
  return lines.filter(({ order_id }) => !settled.has(order_id))
}

/** The file says on which day it was cleared, whatever a notification named. */
async function moveDay(
  db: Queryable,
  kind: Told['order_kind'],
  order_id: string,
  day: string,
): Promise<void> {
  await db.query(
    `update ${kind === 'charge' ? 'charges' : 'refunds'} set settle_on = $2 where order_id = $1`,
    [order_id, day],
  )
}

/** Nobody names these orders: a person's turn, with the alarm of any order that waits for one. */
export async function callPersonAbout(
  { database, log }: ChargesContext,
  order_ids: readonly string[],
): Promise<void> {
  for (const table of ['charges', 'refunds'] as const) {
    for (const order_id of await callPersonFor(database.pool, table, order_ids)) {
      log.error(
        { order_id, alarm: 'order_waits_for_person' },
        'neither the statement of its day nor the next names this order',
      )
    }
  }
}

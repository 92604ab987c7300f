import { settleChargeIn, afterSettling, tellSettling } from '../charges/settle-charge.ts'
import type { ChargesContext } from '../charges/context.ts'
import { findInNotification } from '../charges/findings.ts'
import type { Finding, Order } from '../charges/order.ts'
import type { Settling } from '../charges/settle-order.ts'
import { findCharge } from '../charges/store.ts'
import { newId } from '../kernel/ids.ts'
import { settleRefundIn } from '../refunds/settle-refund.ts'
import { findRefund } from '../refunds/store.ts'
import { transaction, type Queryable } from '../storage/database.ts'
import type { PaymentKind, ProvedNotification } from '../unionpay/payments.ts'
import { insertNotification, noteOrder } from './store.ts'

export type PaymentOutcome = 'settled' | 'in_review' | 'nothing_new' | 'repeat' | 'unknown_order' | 'names_no_order'
type Proved = Extract<ProvedNotification, { kind: 'valid' }>
type Found = { order: Order; kind: PaymentKind }

/**
 * Settles a verified payment notification: stored and settled in one transaction, so that the acknowledgement is true. A repeat
 * changes nothing; one about an order we do not know is stored and reported; one that differs from its order settles nothing and
 * is marked for a person.
 */
export async function receivePayment(context: ChargesContext, proved: Proved): Promise<{ outcome: PaymentOutcome; order_id: string | null }> {
  const found = await findOrder(context, proved)
  const finding = found && (await findingOf(proved, found))
  let settling: Settling | null = null
  const outcome = await transaction(context.database, async (db): Promise<PaymentOutcome> => {
    const id = await insertNotification(db, {
      id: newId(context.clock, context.random), kind: 'payment', body_digest: `payment:${proved.identity}`, body_sealed: context.cipher.seal(proved.text),
    }, ['unknown_order'] satisfies PaymentOutcome[])
    if (id === null) return 'repeat'
    if (found && finding) settling = await settle(db, found, finding)
    const told = outcomeOf(proved, settling)
    await noteOrder(db, id, told, found?.order.order_id ?? null)
    return told
  })
  if (found && finding && settling) {
    tellSettling(context, found.order.order_id, finding, settling)
    if (found.kind === 'charge') await afterSettling(context, found.order.order_id, finding)
  }
  return { outcome, order_id: proved.about?.order_id ?? null }
}

/** By our order_id, and only for the merchant number it belongs to. */
async function findOrder({ database: { pool } }: ChargesContext, { about }: Proved): Promise<Found | null> {
  if (!about) return null
  const charge = await findCharge(pool, about.order_id)
  const refund = charge ? null : await findRefund(pool, about.order_id)
  const order = charge ?? refund
  return order && order.merchant_no === about.merchant ? { order, kind: refund?.kind ?? 'charge' } : null
}

async function findingOf(proved: Proved, { order, kind }: Found): Promise<Finding> {
  const mismatches = await proved.mismatches(kind, order)
  if (mismatches !== null || !proved.about) return { outcome: 'unknown', source: 'notification', review: 'differs_from_order' }
  return findInNotification(proved.about, order)
}

const settle = (db: Queryable, { order, kind }: Found, finding: Finding): Promise<Settling | null> =>
  kind === 'charge' ? settleChargeIn(db, order.order_id, finding) : settleRefundIn(db, order.order_id, finding)

function outcomeOf({ about }: Proved, settling: Settling | null): PaymentOutcome {
  if (!about) return 'names_no_order'
  if (!settling) return 'unknown_order'
  return { settle: 'settled', review: 'in_review', nothing: 'nothing_new' }[settling.decision.kind] as PaymentOutcome
}

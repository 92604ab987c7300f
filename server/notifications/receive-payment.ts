import { settleChargeIn, afterSettling, tellSettling } from '../charges/settle-charge.ts'
import type { ChargesContext } from '../charges/context.ts'
import { findInNotification } from '../charges/findings.ts'
import type { Finding, Order } from '../charges/order.ts'
import type { Settling as Done } from '../charges/settle-order.ts'
import { findCharge } from '../charges/store.ts'
import { newId } from '../kernel/ids.ts'
import { settleRefundIn } from '../refunds/settle-refund.ts'
import { findRefund } from '../refunds/store.ts'
import { transaction, type Queryable } from '../storage/database.ts'
import type { PaymentKind, ProvedNotification } from '../unionpay/payments.ts'
import { asPaid, bodyDigest, type Settling } from './settling.ts'
import { insertNotification, noteOrder } from './store.ts'

export type PaymentOutcome =
  | 'settled'
  | 'in_review'
  | 'nothing_new'
  | 'repeat'
  | 'unknown_order'
  | 'names_no_order'
type Proved = Extract<ProvedNotification, { kind: 'valid' }>
type Received = { outcome: PaymentOutcome; order_id: string | null }
type Found = { order: Order; kind: PaymentKind }

/** The usual one settles in a batch with others; every other, and what the batch did not do, by itself. Both end alike. */
export async function receivePayment(
  context: ChargesContext,
  settling: Settling,
  proved: Proved,
): Promise<Received> {
  const paid = await asPaid(context, proved)
  if (!paid || !(await settling(paid))) return receiveAlone(context, proved)
  context.log.info(
    {
      order_id: paid.order_id,
      source: 'notification',
      unionpay_code: paid.unionpay_code,
      was: 'pending',
      state: 'succeeded',
      reason: null,
    },
    'settled',
  )
  context.watch.settled({
    table: 'charges',
    order_id: paid.order_id,
    state: 'succeeded',
    source: 'notification',
  })
  return { outcome: 'settled', order_id: paid.order_id }
}

/**
 * Settles a verified payment notification: stored and settled in one transaction, so that the acknowledgement is true. A repeat
 * changes nothing; one about an order we do not know is stored and reported; one that differs from its order settles nothing and
 * is marked for a person.
 */
async function receiveAlone(context: ChargesContext, proved: Proved): Promise<Received> {
  const found = await findOrder(context, proved)
  const finding = found && (await findingOf(proved, found))
  let done: Done | null = null
  const outcome = await transaction(context.database, async (db): Promise<PaymentOutcome> => {
    const id = await insertNotification(
      db,
      {
        id: newId(context.clock, context.random),
        kind: 'payment',
        body_digest: bodyDigest(proved),
        body_sealed: context.cipher.seal(proved.text),
      },
      ['unknown_order'] satisfies PaymentOutcome[],
    )
    if (id === null) return 'repeat'
    if (found && finding) done = await settle(db, found, finding)
    const told = outcomeOf(proved, done)
    await noteOrder(db, id, told, found?.order.order_id ?? null)
    return told
  })
  if (found && finding && done) {
    tellSettling(context, found.order.order_id, finding, done)
    if (found.kind === 'charge') await afterSettling(context, found.order.order_id, finding)
  }
  return { outcome, order_id: proved.about?.order_id ?? null }
}

/** By our order_id, and only for the merchant number it belongs to. */
async function findOrder(
  { database: { pool } }: ChargesContext,
  { about }: Proved,
): Promise<Found | null> {
  if (!about) return null
  const charge = await findCharge(pool, about.order_id)
  const refund = charge ? null : await findRefund(pool, about.order_id)
  const order = charge ?? refund
  return order && order.merchant_no === about.merchant
    ? { order, kind: refund?.kind ?? 'charge' }
    : null
}

async function findingOf(proved: Proved, { order, kind }: Found): Promise<Finding> {
  const mismatches = await proved.mismatches(kind, order)
  if (mismatches !== null || !proved.about)
    return { outcome: 'unknown', source: 'notification', review: 'differs_from_order' }
  return findInNotification(proved.about, order)
}

const settle = (db: Queryable, { order, kind }: Found, finding: Finding): Promise<Done | null> =>
  kind === 'charge'
    ? settleChargeIn(db, order.order_id, finding)
    : settleRefundIn(db, order.order_id, finding)

function outcomeOf({ about }: Proved, done: Done | null): PaymentOutcome {
  if (!about) return 'names_no_order'
  if (!done) return 'unknown_order'
  return { settle: 'settled', review: 'in_review', nothing: 'nothing_new' }[
    done.decision.kind
  ] as PaymentOutcome
}

import type { ChargesContext } from '../charges/context.ts'
import { outcomeOfNotification, type Outcome } from '../transactions/outcome.ts'
import type { Transaction, TransactionTable } from '../transactions/transaction.ts'
import type { Charge } from '../charges/charge.ts'
import {
  afterSettlement,
  logReviews,
  logSettlement,
  settledAsPaid,
  lockTransaction,
  settleTransaction,
  type Settlement,
} from '../charges/settlement.ts'
import { findCharge, findChargeByQueryId } from '../charges/store.ts'
import { newId } from '../kernel/ids.ts'
import { isPaidRefund, recordPortalRefund } from '../refunds/record-portal-refund.ts'
import { findRefund } from '../refunds/store.ts'
import { repeatableTransaction, type Database } from '../storage/database.ts'
import type { PaymentKind, ProvedNotification } from '../unionpay/payments.ts'
import { insertNotification, noteOrder, storeBeside, type NewNotification } from './store.ts'
import { writePaid, type PaidOrder } from '../charges/settlement-store.ts'
import { createBatcher, type Batcher } from '../storage/batcher.ts'

export type PaymentVerdict =
  | 'settled'
  | 'in_review'
  | 'nothing_new'
  | 'repeat'
  | 'unknown_order'
  | 'refunded_elsewhere'
  | 'names_no_order'
  | 'wrong_kind'
  | 'inconsistent'

type Proved = Extract<ProvedNotification, { kind: 'valid' }>

type ReceivedPayment = { verdict: PaymentVerdict; order_id: string | null }

type Found = { table: TransactionTable; transaction: Transaction; kind: PaymentKind }

type Done = {
  verdict: PaymentVerdict
  settlement: Settlement | null
  reviews: Settlement['reviews']
}

/**
 * The usual notification settles in a batch with others; any other, and what the batch did not
 * settle, by itself. Both end alike.
 */
export async function receivePayment(
  context: ChargesContext,
  settleBatch: SettleBatcher,
  proved: Proved,
): Promise<ReceivedPayment> {
  const paid = await asPaid(context, proved)
  if (!paid || !(await settleBatch(paid))) return receiveAlone(context, proved)
  const { order_id, unionpay_code = null } = paid
  logSettlement(context, settledAsPaid('charges', order_id), {
    source: 'notification',
    unionpay_code,
  })
  return { verdict: 'settled', order_id }
}

/**
 * Settles a verified payment notification: stored and settled in one transaction, so that the
 * acknowledgement is true. A repeat changes nothing; one about an unknown order is stored and
 * reported; one that differs from its transaction settles nothing and opens a review. A message
 * that is no notification, or contradicts itself, is stored and settles nothing: the transaction is
 * queried when due.
 */
async function receiveAlone(context: ChargesContext, proved: Proved): Promise<ReceivedPayment> {
  const found = await findOrder(context, proved)
  const reported = found && (await readOutcome(proved, found))
  const order_id = proved.about?.order_id ?? null
  const refunded = found ? null : await findRefundedElsewhere(context, proved)
  const done = await repeatableTransaction(context.database, async (db): Promise<Done> => {
    // the order is locked before the notification's row
    if (found) await lockTransaction(db, found.table, found.transaction.order_id)
    if (refunded) await lockTransaction(db, 'charges', refunded.order_id)
    const id = await insertNotification(
      db,
      {
        id: newId(context.clock, context.random),
        kind: 'payment',
        body_digest: notificationDigest(proved),
        body_sealed: context.cipher.seal(proved.text),
      },
      // which fields a notification must have is a setting: after a change a repeat is judged again
      ['unknown_order', 'wrong_kind'] satisfies PaymentVerdict[],
    )
    if (id === null) return { verdict: 'repeat', settlement: null, reviews: [] }
    if (refunded && proved.about) {
      const reviews = await recordPortalRefund(db, refunded, proved.about)
      await noteOrder(db, id, 'refunded_elsewhere', order_id)
      return { verdict: 'refunded_elsewhere', settlement: null, reviews }
    }
    const settlement =
      found && reported
        ? await settleTransaction(db, found.table, found.transaction.order_id, reported)
        : null
    const verdict = verdictOf(proved, settlement)
    await noteOrder(db, id, verdict, found?.transaction.order_id ?? null)
    return { verdict, settlement, reviews: [] }
  })
  logReviews(context, done.reviews, 'notification')
  if (reported && done.settlement) {
    await afterSettlement(context, done.settlement, reported)
    alarmOfOpenCode(context, done.settlement, reported)
  }
  return { verdict: done.verdict, order_id }
}

/**
 * UnionPay sent a code about a final transaction that the code table does not call an outcome: an
 * operator has to read it.
 */
function alarmOfOpenCode(
  { log }: ChargesContext,
  { order_id, before: { state } }: Settlement,
  { state: reported, review, unionpay_code }: Outcome,
): void {
  if (reported !== 'unknown' || review || state === 'pending') return
  log.error(
    { order_id, unionpay_code, was: state, alarm: 'open_code_for_final_order' },
    'a notification about a final order has a code that decides nothing',
  )
}

/**
 * The paid charge of ours that somebody refunded at UnionPay's portal: the notification names its
 * queryId, and an order that is not ours.
 */
async function findRefundedElsewhere(
  { database: { pool } }: ChargesContext,
  { about, not_a_notification }: Proved,
): Promise<Charge | null> {
  if (!about || not_a_notification || !isPaidRefund(about)) return null
  const charge = await findChargeByQueryId(pool, about.merchant, about.original_query_id ?? '')
  return charge?.state === 'succeeded' ? charge : null
}

/** By our order_id, and only for the merchant number it belongs to. */
async function findOrder(
  { database: { pool } }: ChargesContext,
  { about }: Proved,
): Promise<Found | null> {
  if (!about) return null
  const charge = await findCharge(pool, about.order_id)
  const refund = charge ? null : await findRefund(pool, about.order_id)
  const transaction = charge ?? refund
  return transaction && transaction.merchant_no === about.merchant
    ? { table: refund ? 'refunds' : 'charges', transaction, kind: refund?.kind ?? 'charge' }
    : null
}

/**
 * Null: the message may not settle anything. Its kind decides first, then whether it matches the
 * transaction, then what it says.
 */
async function readOutcome(proved: Proved, { transaction, kind }: Found): Promise<Outcome | null> {
  const { not_a_notification } = proved
  if (not_a_notification && not_a_notification.why !== 'inconsistent') return null
  const mismatches = await proved.mismatches(kind, transaction)
  if (mismatches !== null || !proved.about)
    return { state: 'unknown', source: 'notification', review: 'differs_from_order' }
  return not_a_notification ? null : outcomeOfNotification(proved.about, transaction)
}

function verdictOf(
  { about, not_a_notification }: Proved,
  settlement: Settlement | null,
): PaymentVerdict {
  if (not_a_notification && !settlement)
    return not_a_notification.why === 'inconsistent' ? 'inconsistent' : 'wrong_kind'
  if (!about) return 'names_no_order'
  if (!settlement) return 'unknown_order'
  return { settle: 'settled', review: 'in_review', nothing: 'nothing_new' }[
    settlement.decision.kind
  ] as PaymentVerdict
}

/**
 * A notification that a charge of ours is paid, with every field that the charge must agree with.
 */
export type PaidNotification = NewNotification & PaidOrder

/**
 * Settles what is paid, several in one commit. False: it was not settled here, and is received
 * alone, which handles every case.
 */
export type SettleBatcher = Batcher<PaidNotification, boolean>

export function createSettleBatcher({ pool }: Pick<Database, 'pool'>): SettleBatcher {
  return createBatcher({
    async together(paid) {
      const settled = new Set(await writePaid(pool, 'notification', paid, storeBeside(paid)))
      return paid.map(({ order_id }) => settled.has(order_id))
    },
    // if the batch was committed after all, receiving it alone finds a repeat
    alone: async () => false,
    keysOf: ({ order_id, body_digest }) => [`order ${order_id}`, `body ${body_digest}`],
  })
}

/**
 * The usual notification: a charge is paid, and every field of the message fits a charge as we make
 * them today. Whether such a charge is there and pending, the statement decides. Null for every
 * other notification.
 */
async function asPaid(context: ChargesContext, proved: Proved): Promise<PaidNotification | null> {
  const { about } = proved
  const { profile_digest } = context.payments
  if (!about || about.amount_fen === null || profile_digest === null) return null
  if (proved.not_a_notification) return null
  const { order_id, merchant: merchant_no, txn_time, amount_fen } = about
  const order = { merchant_no, txn_time, amount_fen, profile_digest }
  if ((await proved.mismatches('charge', { ...order, order_id })) !== null) return null
  const outcome = outcomeOfNotification(about, { accepted_at: context.clock.now() })
  if (outcome.state !== 'succeeded' || outcome.review) return null
  return {
    order_id,
    order,
    id: newId(context.clock, context.random),
    kind: 'payment',
    body_digest: notificationDigest(proved),
    body_sealed: context.cipher.seal(proved.text),
    unionpay_code: about.code,
    unionpay_text: outcome.unionpay_text ?? null,
    query_id: outcome.query_id ?? null,
    settle_on: outcome.settle_on ?? null,
  }
}

const notificationDigest = ({ identity }: Proved): string => `payment:${identity}`

import { appendAudit } from '../audit/store.ts'
import type { ChargesContext } from '../charges/context.ts'
import type { Charge } from '../charges/charge.ts'
import { recheckCommit } from '../transactions/mark-sent.ts'
import { findAccepted, saveIntent, type Intent } from '../transactions/idempotency.ts'
import { freeSurplusOf } from '../charges/review.ts'
import { lockTransaction } from '../charges/settlement.ts'
import { readRefunded } from '../charges/settlement-store.ts'
import { findCharge } from '../charges/store.ts'
import { Refusal } from '../errors.ts'
import { newId } from '../kernel/ids.ts'
import { slotAfter } from '../kernel/query-schedule.ts'
import { CommitInDoubt, repeatableTransaction, type Queryable } from '../storage/database.ts'
import { judgeRefund, type Refund, type RefundRequest } from './refund.ts'
import { findRefund, insertRefund, listRefunds } from './store.ts'

export type AcceptedRefund = { refund: Refund; charge: Charge | null; repeated: boolean }

/**
 * Accepts a refund or cancel under the lock of its charge, so that no two of them together refund
 * more than was charged. The same intent gives the same refund. With `sends_now` it is marked as
 * leaving in the same commit. Refuses merchant_no_unknown, charge_not_refundable,
 * refund_exceeds_charge, refund_excluded, refund_too_late, cancel_too_late, cancel_not_allowed,
 * approval_required, idempotency_key_reused.
 */
export async function acceptRefund(
  context: ChargesContext,
  intent: Intent,
  charge_ref: string,
  requested: RefundRequest,
  sends_now: boolean,
): Promise<AcceptedRefund> {
  const earlier = await findRepeated(context, intent)
  if (earlier) return earlier
  const order_id = newId(context.clock, context.random)
  const accepted = await repeatableTransaction(context.database, (db) =>
    accept(context, db, intent, charge_ref, requested, order_id, sends_now),
  ).catch((error: unknown) => ifCommitted(context, error, order_id, charge_ref))
  const found = accepted ?? (await findRepeated(context, intent))
  if (!found) throw new Refusal('idempotency_key_busy')
  return found
}

/** The same in the caller's transaction, which is to send it after its commit: `sendAccepted`. */
export async function acceptRefundIn(
  context: ChargesContext,
  db: Queryable,
  intent: Intent,
  charge_ref: string,
  requested: RefundRequest,
  order_id: string,
): Promise<AcceptedRefund> {
  const accepted =
    (await findRepeated(context, intent, db)) ??
    (await accept(context, db, intent, charge_ref, requested, order_id, false)) ??
    (await findRepeated(context, intent, db))
  if (!accepted) throw new Refusal('idempotency_key_busy')
  return accepted
}

/** Sent only if it is there: the process that dies here leaves a row that is queried. */
export async function ifCommitted(
  context: ChargesContext,
  error: unknown,
  order_id: string,
  charge_ref: string,
): Promise<AcceptedRefund> {
  if (!(error instanceof CommitInDoubt)) throw error
  const [refund, charge] = [
    await recheckCommit(context.uncertain.refunds, order_id, () =>
      findRefund(context.database.pool, order_id),
    ),
    await findCharge(context.database.pool, charge_ref),
  ]
  if (!refund) throw error
  return { refund, charge, repeated: false }
}

/** Null when a twin with the same key was quicker. */
async function accept(
  context: ChargesContext,
  db: Queryable,
  intent: Intent,
  charge_ref: string,
  requested: RefundRequest,
  order_id: string,
  sends_now: boolean,
): Promise<AcceptedRefund | null> {
  const locked = await lockTransaction(db, 'charges', charge_ref)
  const charge = locked?.attempts.find((one) => one.order_id === charge_ref)
  if (!locked || !charge) throw new Refusal('not_found')
  if (!context.payments.merchants.includes(charge.merchant_no))
    throw new Refusal('merchant_no_unknown')
  if (!(await saveIntent(db, intent, order_id))) return null
  const judged = judgeRefund(charge, await listRefunds(db, charge_ref), requested, {
    now: context.clock.now(),
    clearing_day_ends: context.clearing_day_ends,
    refund_window_days: context.refund_window_days,
    may_cancel: await context.payments.mayCancel(charge.profile_digest),
  })
  if ('refusal' in judged) throw new Refusal(judged.refusal)
  // from review only what the order holds beyond one payment goes back, whichever of its charges it
  // is taken from
  if (
    charge.needs_review &&
    judged.amount_fen > freeSurplusOf(await readRefunded(db, locked.attempts))
  )
    throw new Refusal('charge_not_refundable')
  const refund = await insertRefund(db, {
    order_id,
    charge_ref,
    kind: requested.kind,
    merchant_no: charge.merchant_no,
    amount_fen: judged.amount_fen,
    description: requested.description,
    profile_digest: charge.profile_digest,
    sends_now,
    due_in_s: context.pace.ended_after_s + (slotAfter(context.pace.schedule_minutes, 0) ?? 0),
  })
  if (requested.author !== undefined)
    await appendAudit(db, {
      author: requested.author,
      action: 'refund',
      subject: charge_ref,
      detail: { amount_fen: judged.amount_fen, refund: order_id },
    })
  return { refund, charge, repeated: false }
}

async function findRepeated(
  context: ChargesContext,
  intent: Intent,
  db: Queryable = context.database.pool,
): Promise<AcceptedRefund | null> {
  const order_id = await findAccepted(db, intent)
  const refund = order_id === null ? null : await findRefund(db, order_id)
  return refund && { refund, charge: null, repeated: true }
}

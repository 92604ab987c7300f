import type { Charge } from '../charges/charge.ts'
import type { ChargesContext } from '../charges/context.ts'
import { outcomeOfAnswer, type Outcome } from '../transactions/outcome.ts'
import type { Intent } from '../transactions/idempotency.ts'
import { jitter } from '../transactions/query-slots.ts'
import { writeEnded } from '../transactions/store.ts'
import { sendOnce, isTooLate, withinWait } from '../transactions/send-once.ts'
import { settle } from '../charges/settlement.ts'
import { acceptRefund, type AcceptedRefund } from './accept-refund.ts'
import type { Refund, RefundRequest } from './refund.ts'
import { findRefund } from './store.ts'

/**
 * Gives money back: accept and commit, then send. Waits for the synchronous answer like a charge.
 * Refusals: see acceptRefund.
 */
export async function createRefund(
  context: ChargesContext,
  intent: Intent,
  charge_ref: string,
  requested: RefundRequest,
): Promise<{ refund: Refund; repeated: boolean }> {
  const { gate } = context
  const has_place = gate.enterNow()
  const accepting = gate.track(acceptRefund(context, intent, charge_ref, requested, has_place))
  const accepted = await accepting.catch((error: unknown) => {
    if (has_place) gate.release()
    throw error
  })
  return sendAccepted(context, accepted, has_place)
}

/**
 * What follows the commit that accepted it; a repeated one is not sent again, and gives its place
 * back.
 */
export async function sendAccepted(
  context: ChargesContext,
  { refund, charge, repeated }: AcceptedRefund,
  has_place: boolean,
): Promise<{ refund: Refund; repeated: boolean }> {
  const { gate } = context
  if (repeated || charge === null) {
    if (has_place) gate.release()
    return { refund, repeated: true }
  }
  context.watch.accepted('refunds')
  const sending = gate.track(sendRefund(context, refund, charge, has_place))
  const sent = await withinWait(context, refund.order_id, sending)
  return { refund: sent ?? refund, repeated: false }
}

/** Sent once, outside any transaction, by the process that accepted it; see sendCharge. */
async function sendRefund(
  context: ChargesContext,
  refund: Refund,
  charge: Charge,
  has_place: boolean,
): Promise<Refund> {
  const { order_id } = refund
  const { pool } = context.database
  const settled = async (outcome: Outcome): Promise<Refund> => {
    await settle(context, 'refunds', order_id, outcome)
    return (await findRefund(pool, order_id)) as Refund
  }
  const notSent = (source: 'answer' | 'job'): Promise<Refund> =>
    settled({ state: 'failed', source, reason: 'not_sent' })
  const send = async (): Promise<Refund> => {
    if (isTooLate(context.clock, order_id)) return notSent('answer')
    const answer = await context.payments.sendRefund(refund.kind, refund, charge)
    await writeEnded(pool, 'refunds', order_id, context.pace, jitter(context.random))
    return settled(outcomeOfAnswer(answer))
  }
  return sendOnce(context, 'refunds', refund, has_place, send, () => notSent('job'))
}

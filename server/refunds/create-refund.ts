import type { Charge } from '../charges/charge.ts'
import type { ChargesContext } from '../charges/context.ts'
import { findInAnswer } from '../charges/findings.ts'
import type { Intent } from '../charges/idempotency.ts'
import { jitter } from '../charges/jitter.ts'
import { writeEnded } from '../charges/order-store.ts'
import { isTooLate } from '../charges/send-gate.ts'
import { withinWait } from '../charges/within-wait.ts'
import { acceptRefund } from './accept-refund.ts'
import type { Refund, RefundWish } from './refund.ts'
import { settleRefund } from './settle-refund.ts'

/** Gives money back: accept and commit, then send. Waits for the synchronous answer like a charge. Refusals: see acceptRefund. */
export async function createRefund(
  context: ChargesContext,
  intent: Intent,
  charge_ref: string,
  wish: RefundWish,
): Promise<{ refund: Refund; repeated: boolean }> {
  const { refund, charge, repeated } = await acceptRefund(context, intent, charge_ref, wish)
  if (repeated || charge === null) return { refund, repeated: true }
  context.watch.accepted('refunds')
  return {
    refund:
      (await withinWait(context, refund.order_id, sendRefund(context, refund, charge))) ?? refund,
    repeated: false,
  }
}

/** Sent once, outside any transaction, by the process that accepted it; see sendCharge. */
async function sendRefund(
  context: ChargesContext,
  refund: Refund,
  charge: Charge,
): Promise<Refund> {
  const missed = (): Promise<Refund> =>
    settleRefund(context, refund.order_id, { outcome: 'failed', source: 'job', reason: 'not_sent' })
  return context.gate.pass(async () => {
    if (isTooLate(context.clock, refund.order_id)) return missed()
    const answer = await context.payments.giveBack(refund.kind, refund, charge)
    await writeEnded(
      context.database.pool,
      'refunds',
      refund.order_id,
      context.pace,
      jitter(context.random),
    )
    return settleRefund(context, refund.order_id, findInAnswer(answer))
  }, missed)
}

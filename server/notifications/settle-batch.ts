import type { ChargesContext } from '../charges/context.ts'
import { outcomeOfNotification } from '../transactions/outcome.ts'
import { writePaid, type PaidOrder } from '../charges/settlement-store.ts'
import { newId } from '../kernel/ids.ts'
import type { Database } from '../storage/database.ts'
import { createBatcher, type Batcher } from '../storage/batcher.ts'
import type { ProvedNotification } from '../unionpay/payments.ts'
import { storeBeside, type NewNotification } from './store.ts'

/** A notification that a charge of ours is paid, with all that the charge must agree with. */
export type PaidNotification = NewNotification & PaidOrder

type Proved = Extract<ProvedNotification, { kind: 'valid' }>

/** Settles what is paid, several in one commit. False: it was not done here, and goes the long way that knows every case. */
export type SettleBatcher = Batcher<PaidNotification, boolean>

export function createSettleBatcher({ pool }: Pick<Database, 'pool'>): SettleBatcher {
  return createBatcher({
    async together(paid) {
      const settled = new Set(await writePaid(pool, 'notification', paid, storeBeside(paid)))
      return paid.map(({ order_id }) => settled.has(order_id))
    },
    // Whether the batch was done after all shows the long way too: what is stored already is a repeat there.
    alone: async () => false,
    keysOf: ({ order_id, body_digest }) => [`order ${order_id}`, `body ${body_digest}`],
  })
}

/**
 * The usual notification: a charge is paid, and everything the message says of it fits a charge as we make them today. Whether there
 * is such an order, pending, decides the statement. Null for every other notification.
 */
export async function asPaid(
  context: ChargesContext,
  proved: Proved,
): Promise<PaidNotification | null> {
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

export const notificationDigest = ({ identity }: Proved): string => `payment:${identity}`

import { findChargeRow } from '../charges/store.ts'
import { viewCharge } from '../charges/view.ts'
import { findContract, listContracts } from '../contracts/store.ts'
import { viewOwnedContract } from '../contracts/view.ts'
import { findBreak } from '../reconciliation/break-store.ts'
import { viewBreak } from '../reconciliation/view.ts'
import { viewRefund } from '../refunds/routes.ts'
import { findRefund } from '../refunds/store.ts'
import { findBinding } from '../sign-in/store.ts'
import type { WebhookEventView } from '../api.ts'
import type { WebhooksContext } from './context.ts'
import type { Delivery } from './delivery-store.ts'

/** The event as it is sent: what happened, and the thing as it is now. Null: the thing is gone. */
export async function writeBody(
  context: WebhooksContext,
  {
    type,
    source,
    subject,
    occurred_at,
    position,
  }: Pick<Delivery, 'type' | 'source' | 'subject' | 'occurred_at' | 'position'>,
): Promise<string | null> {
  const data = await readSubject(context, type, source, subject)
  return data === null
    ? null
    : JSON.stringify({
        type,
        timestamp: occurred_at.toISOString(),
        position,
        data,
      })
}

/** What an event is about, as it is now. Null: it is gone. */
export async function readSubject(
  context: Pick<WebhooksContext, 'database' | 'catalogue' | 'cipher'>,
  type: string,
  source: string,
  subject: string,
): Promise<WebhookEventView['data'] | null> {
  const { pool } = context.database
  if (source === 'test') return { test: subject }
  if (source === 'break') {
    const found = await findBreak(pool, subject)
    return found && { break: viewBreak(found) }
  }
  if (source === 'contract') {
    const found = await findContract(pool, subject)
    return found && { contract: viewOwnedContract(context, found) }
  }
  if (source === 'binding') {
    const found = await findBinding(pool, subject)
    if (!found) return null
    const { user_ref, ...user } = found
    const contracts = await listContracts(pool, user_ref)
    return { user: { ...user, contracts: contracts.map((one) => viewOwnedContract(context, one)) } }
  }
  if (type.startsWith('refund.')) {
    const found = await findRefund(pool, subject)
    return found && { refund: viewRefund(found) }
  }
  const found = await findChargeRow(pool, subject)
  return found && { charge: viewCharge(found) }
}

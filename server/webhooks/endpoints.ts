import { Refusal } from '../errors.ts'
import { newId } from '../kernel/ids.ts'
import type { WebhookType } from '../api.ts'
import { transaction } from '../storage/database.ts'
import { problemOfUrl } from './address.ts'
import type { WebhooksContext } from './context.ts'
import { attempt } from './deliver.ts'
import { claimOne, findDelivery, type Delivery } from './delivery-store.ts'
import { findEndpoint, insertEndpoint, rotateSecret, type Endpoint } from './endpoint-store.ts'
import { insertDeliveries, insertEvents } from './outbox-store.ts'
import { newSecret } from './sign.ts'

/** What people and programs do with endpoints. */

const old_secret_hours = 24

/** The secret is given back once. Refuses webhook_url_refused. */
export async function addEndpoint(context: WebhooksContext, url: string, types: readonly WebhookType[]): Promise<{ endpoint: Endpoint; secret: string }> {
  const problem = problemOfUrl(url, context.private_allowed)
  if (problem) throw new Refusal('webhook_url_refused', [{ path: 'url', problem }])
  const secret = newSecret(context.random)
  const endpoint = await insertEndpoint(context.database.pool, { id: newId(context.clock, context.random), url, types, secret_sealed: context.cipher.seal(secret) })
  return { endpoint, secret }
}

/** For a day both secrets sign, so that the receiver can change over in its own time. Refuses not_found. */
export async function rotateEndpoint(context: WebhooksContext, id: string): Promise<{ endpoint: Endpoint; secret: string }> {
  const secret = newSecret(context.random)
  await rotateSecret(context.database.pool, id, context.cipher.seal(secret), old_secret_hours)
  return { endpoint: await mustFind(context, id), secret }
}

/** Sends a signed `webhook.test` now, even to a disabled endpoint, and says how it went. Refuses not_found. */
export async function testEndpoint(context: WebhooksContext, id: string): Promise<Delivery> {
  const { clock, random, database } = context
  const endpoint = await mustFind(context, id)
  const [event_id, delivery_id] = [newId(clock, random), newId(clock, random)]
  await transaction(database, async (db) => {
    await insertEvents(db, [{ id: event_id, type: 'webhook.test', source: 'test', source_seq: null, subject: endpoint.id, occurred_at: clock.now() }])
    await insertDeliveries(db, [{ id: delivery_id, event_ref: event_id, endpoint_ref: endpoint.id }])
    // this call sends it, and no job besides
    await claimOne(db, delivery_id)
  })
  await attempt(context, endpoint, (await findDelivery(database.pool, delivery_id)) as Delivery)
  return (await findDelivery(database.pool, delivery_id)) as Delivery
}

export async function mustFind({ database }: WebhooksContext, id: string): Promise<Endpoint> {
  const endpoint = await findEndpoint(database.pool, id)
  if (!endpoint) throw new Refusal('not_found')
  return endpoint
}

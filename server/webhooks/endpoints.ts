import { appendAudit, audited } from '../audit/store.ts'
import { Refusal } from '../errors.ts'
import { newId } from '../kernel/ids.ts'
import type { WebhookType } from '../api.ts'
import { transaction } from '../storage/database.ts'
import { problemOfUrl } from './address.ts'
import type { WebhooksContext } from './context.ts'
import { attempt } from './deliver.ts'
import {
  claimOne,
  findDelivery,
  replayDelivery,
  replaySince,
  type Delivery,
} from './delivery-store.ts'
import {
  findEndpoint,
  holdEndpoint,
  insertEndpoint,
  removeEndpoint,
  rotateSecret,
  switchEndpoint,
  type Endpoint,
} from './endpoint-store.ts'
import { insertDeliveries, insertEvents } from './outbox-store.ts'
import { newSecret } from './sign.ts'

/**
 * What people and programs do with endpoints. Each leaves a line in the audit trail; `author` is a
 * person's name or the id of an API key.
 */

const old_secret_hours = 24

/** The secret is returned once. Refuses webhook_url_refused. */
export async function addEndpoint(
  context: WebhooksContext,
  author: string,
  url: string,
  types: readonly WebhookType[],
): Promise<{ endpoint: Endpoint; secret: string }> {
  const problem = problemOfUrl(url, context.private_allowed)
  if (problem) throw new Refusal('webhook_url_refused', [{ path: 'url', problem }])
  const secret = newSecret(context.random)
  const added = {
    id: newId(context.clock, context.random),
    url,
    types,
    secret_sealed: context.cipher.seal(secret),
  }
  const endpoint = await audited(
    context.database,
    (db) => insertEndpoint(db, added),
    ({ id }) => ({
      author,
      action: 'webhook.add',
      subject: id,
      detail: { types: types.join(',') },
    }),
  )
  return { endpoint, secret }
}

/**
 * For a day both secrets sign, so that the receiver can change over in its own time. Refuses
 * not_found.
 */
export async function rotateEndpoint(
  context: WebhooksContext,
  author: string,
  id: string,
): Promise<{ endpoint: Endpoint; secret: string }> {
  const secret = newSecret(context.random)
  await mustFind(context, id)
  await audited(
    context.database,
    (db) => rotateSecret(db, id, context.cipher.seal(secret), old_secret_hours),
    () => ({ author, action: 'webhook.rotate', subject: id }),
  )
  return { endpoint: await mustFind(context, id), secret }
}

/** The endpoint as it is then, or was. Refuses not_found. */
export async function changeEndpoint(
  context: WebhooksContext,
  author: string,
  id: string,
  change: 'enable' | 'disable' | 'remove',
): Promise<Endpoint> {
  const before = await mustFind(context, id)
  await audited(
    context.database,
    async (db) => {
      if (change === 'remove') await removeEndpoint(db, id)
      else await switchEndpoint(db, id, change === 'disable' ? 'by_hand' : null)
    },
    () => ({ author, action: `webhook.${change}`, subject: id }),
  )
  return change === 'remove' ? before : mustFind(context, id)
}

/** Everything since an instant once more; how many. Refuses not_found. */
export async function replayFrom(
  context: WebhooksContext,
  author: string,
  id: string,
  from: string,
  to: string | null,
): Promise<number> {
  return audited(
    context.database,
    async (db) => {
      const endpoint = await holdEndpoint(db, id)
      if (!endpoint) throw new Refusal('not_found')
      return replaySince(db, endpoint, from, to)
    },
    (replayed) => ({
      author,
      action: 'webhook.replay_since',
      subject: id,
      detail: { from, to, replayed },
    }),
  )
}

/** One delivery once more. Refuses not_found. */
export const replayOne = (
  { database }: Pick<WebhooksContext, 'database'>,
  author: string,
  id: string,
): Promise<Delivery> =>
  audited(
    database,
    async (db) => {
      const delivery = await replayDelivery(db, id)
      if (!delivery) throw new Refusal('not_found')
      return delivery
    },
    () => ({ author, action: 'webhook.replay', subject: id }),
  )

/**
 * Sends a signed `webhook.test` now, even to a disabled endpoint, and says how it went. Refuses
 * not_found.
 */
export async function testEndpoint(
  context: WebhooksContext,
  author: string,
  id: string,
): Promise<Delivery> {
  const { clock, random, database } = context
  const endpoint = await mustFind(context, id)
  const [event_id, delivery_id] = [newId(clock, random), newId(clock, random)]
  await transaction(database, async (db) => {
    await insertEvents(db, [
      {
        id: event_id,
        type: 'webhook.test',
        source: 'test',
        source_seq: null,
        subject: endpoint.id,
        plan_id: null,
        position: null,
        occurred_at: clock.now(),
      },
    ])
    await insertDeliveries(db, [
      { id: delivery_id, event_ref: event_id, endpoint_ref: endpoint.id },
    ])
    // this call sends it, and no job besides
    await claimOne(db, delivery_id)
    await appendAudit(db, {
      author,
      action: 'webhook.test',
      subject: endpoint.id,
      detail: { delivery: delivery_id },
    })
  })
  await attempt(context, endpoint, (await findDelivery(database.pool, delivery_id)) as Delivery)
  return (await findDelivery(database.pool, delivery_id)) as Delivery
}

export async function mustFind({ database }: WebhooksContext, id: string): Promise<Endpoint> {
  const endpoint = await findEndpoint(database.pool, id)
  if (!endpoint) throw new Refusal('not_found')
  return endpoint
}

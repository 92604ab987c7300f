import type { FastifyRequest } from 'fastify'
import type {
  WebhookDeliveryView,
  WebhookEndpointSecretView,
  WebhookEndpointView,
  FeedPageView,
} from '../api.ts'
import { instantOf } from '../charges/routes.ts'
import { Refusal } from '../errors.ts'
import type { Server } from '../http-types.ts'
import type { KeyGuard, Verb } from '../key-guard.ts'
import { mostOf, nextCursor } from '../schemas/paging.ts'
import type { WebhooksContext } from './context.ts'
import { listDeliveries } from './delivery-store.ts'
import {
  addEndpoint,
  changeEndpoint,
  mustFind,
  replayFrom,
  replayOne,
  rotateEndpoint,
  testEndpoint,
} from './endpoints.ts'
import { listEndpoints } from './endpoint-store.ts'
import * as schemas from './route-schemas.ts'
import { feed } from './route-schemas.ts'
import { viewDelivery, viewEndpoint } from './view.ts'
import { readEvents } from './read-events.ts'

/**
 * Events, for the merchant's own systems: endpoints of webhooks, their secrets, a test, the
 * delivery log, replay, and the feed.
 */
export function webhookRoutes(
  server: Server,
  { context, keys }: { context: WebhooksContext; keys: KeyGuard },
): void {
  const { pool } = context.database
  const allowed = async (request: FastifyRequest, verb: Verb): Promise<string> => {
    const { id, plan_ids } = await keys(request, verb)
    if (plan_ids.length > 0) throw new Refusal('verb_not_allowed')
    return id
  }
  const place = '/v1/webhook-endpoints'

  server.post(
    place,
    { schema: schemas.add },
    async (request, reply): Promise<WebhookEndpointSecretView> => {
      const author = await allowed(request, 'webhooks')
      const { endpoint, secret } = await addEndpoint(
        context,
        author,
        request.body.url,
        request.body.types ?? [],
      )
      void reply.status(201)
      return { ...viewEndpoint(endpoint), secret }
    },
  )
  server.get(
    place,
    { schema: schemas.list },
    async (
      request,
    ): Promise<{ webhook_endpoints: WebhookEndpointView[]; next_cursor: string | null }> => {
      await allowed(request, 'read')
      const most = mostOf(request.query.limit)
      const rows = await listEndpoints(pool, request.query.cursor, most)
      return {
        webhook_endpoints: rows.map(viewEndpoint),
        next_cursor: nextCursor(rows, most, (row) => row.id),
      }
    },
  )
  server.get(
    `${place}/:id`,
    { schema: schemas.read },
    async (request): Promise<WebhookEndpointView> => {
      await allowed(request, 'read')
      return viewEndpoint(await mustFind(context, request.params.id))
    },
  )
  server.delete(
    `${place}/:id`,
    { schema: schemas.remove },
    async (request): Promise<WebhookEndpointView> => {
      return viewEndpoint(
        await changeEndpoint(
          context,
          await allowed(request, 'webhooks'),
          request.params.id,
          'remove',
        ),
      )
    },
  )
  for (const [verb, schema] of [
    ['disable', schemas.disable],
    ['enable', schemas.enable],
  ] as const) {
    server.post(`${place}/:id/${verb}`, { schema }, async (request): Promise<WebhookEndpointView> =>
      viewEndpoint(
        await changeEndpoint(context, await allowed(request, 'webhooks'), request.params.id, verb),
      ),
    )
  }
  server.post(
    `${place}/:id/rotation`,
    { schema: schemas.rotate },
    async (request): Promise<WebhookEndpointSecretView> => {
      const { endpoint, secret } = await rotateEndpoint(
        context,
        await allowed(request, 'webhooks'),
        request.params.id,
      )
      return { ...viewEndpoint(endpoint), secret }
    },
  )
  server.post(
    `${place}/:id/test`,
    { schema: schemas.test },
    async (request): Promise<WebhookDeliveryView> => {
      return viewDelivery(
        await testEndpoint(context, await allowed(request, 'webhooks'), request.params.id),
      )
    },
  )
  deliveryRoutes(server, context, allowed)
  feedRoutes(server, context, keys)
}

function deliveryRoutes(
  server: Server,
  context: WebhooksContext,
  allowed: (request: FastifyRequest, verb: Verb) => Promise<string>,
): void {
  const { pool } = context.database

  server.post(
    '/v1/webhook-endpoints/:id/replay',
    { schema: schemas.replay },
    async (request): Promise<{ replayed: number }> => {
      const author = await allowed(request, 'webhooks')
      return {
        replayed: await replayFrom(
          context,
          author,
          request.params.id,
          instantOf('from', request.body.from) ?? '',
          instantOf('to', request.body.to) ?? null,
        ),
      }
    },
  )
  server.get(
    '/v1/webhook-deliveries',
    { schema: schemas.deliveries },
    async (
      request,
    ): Promise<{ webhook_deliveries: WebhookDeliveryView[]; next_cursor: string | null }> => {
      await allowed(request, 'read')
      const { cursor, limit, ...filter } = request.query
      const most = mostOf(limit)
      const rows = await listDeliveries(pool, { ...filter, before: cursor }, most)
      return {
        webhook_deliveries: rows.map(viewDelivery),
        next_cursor: nextCursor(rows, most, (row) => row.id),
      }
    },
  )
  server.post(
    '/v1/webhook-deliveries/:id/replay',
    { schema: schemas.replayOne },
    async (request): Promise<WebhookDeliveryView> => {
      return viewDelivery(
        await replayOne(context, await allowed(request, 'webhooks'), request.params.id),
      )
    },
  )
}

/** The feed, for the merchant's own systems that ask instead of being called. */
function feedRoutes(server: Server, context: WebhooksContext, keys: KeyGuard): void {
  server.get('/v1/events', { schema: feed }, async (request): Promise<FeedPageView> => {
    const key = await keys(request, 'read')
    const { after, limit } = request.query
    return readEvents(context, key, after, mostOf(limit))
  })
}

import type { FeedPageView } from '../api.ts'
import type { Server } from '../http-types.ts'
import type { KeyGuard } from '../key-guard.ts'
import { mostOf } from '../schemas/paging.ts'
import type { WebhooksContext } from './context.ts'
import { readEvents } from './read-events.ts'
import { feed } from './route-schemas.ts'

/** The feed, for the merchant's own systems that ask instead of being called. */
export function feedRoutes(server: Server, context: WebhooksContext, keys: KeyGuard): void {
  server.get('/v1/events', { schema: feed }, async (request): Promise<FeedPageView> => {
    const key = await keys(request, 'read')
    const { after, limit } = request.query
    return readEvents(context, key, after, mostOf(limit))
  })
}

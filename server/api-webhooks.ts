import type { Static } from 'typebox'
import type {
  FeedEvent,
  FeedPage,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEndpointSecret,
  WebhookEvent,
} from './schemas/webhooks.ts'

/**
 * The part of the contract between merchants and server that is about webhooks; read it through
 * `api.ts`.
 */

export type WebhookEventView = Static<typeof WebhookEvent>
/** GET /v1/events?after=&limit= */
export type FeedPageView = Static<typeof FeedPage>
export type FeedEventView = Static<typeof FeedEvent>
export type WebhookType = WebhookEventView['type']
/** GET /v1/webhook-endpoints → { webhook_endpoints, next_cursor } */
export type WebhookEndpointView = Static<typeof WebhookEndpoint>
export type WebhookEndpointSecretView = Static<typeof WebhookEndpointSecret>
/** GET /v1/webhook-deliveries → { webhook_deliveries, next_cursor } */
export type WebhookDeliveryView = Static<typeof WebhookDelivery>

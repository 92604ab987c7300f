import { Type } from 'typebox'
import { delivery_states, webhook_types } from './states.ts'
import { ById, Instant, Limit, Nothing, ofPage, oneOf, OurId, request } from '../schemas/fields.ts'
import { answer, operation, refusalsOfKey } from '../schemas/operation.ts'
import {
  FeedPage,
  Replayed,
  WebhookDelivery,
  WebhookDeliveryPage,
  WebhookEndpoint,
  WebhookEndpointPage,
  WebhookEndpointSecret,
} from '../schemas/webhooks.ts'

/** Form, words and refusals of the webhook routes. */

const tag = 'Webhooks'
const every_plan = 'Only for a key of every plan, for an endpoint hears of every plan.'
const Url = Type.String({
  pattern: '^[^\\x00-\\x20\\x7f]{1,500}$',
  description:
    'Where webhooks go: https, and a public address unless WEBHOOK_PRIVATE_ADDRESSES is on.',
  examples: ['https://shop.example/webhooks'],
})
const Types = Type.Array(oneOf(webhook_types, 'A type.'), {
  maxItems: 20,
  uniqueItems: true,
  description: 'Which to send; empty or absent: every type.',
  examples: [['charge.succeeded', 'charge.failed']],
})
const about = (id: string, verb: 'read' | 'webhooks', summary: string, description: string) =>
  operation({ id, tag, verb, summary, description: `${description} ${every_plan}` })
const one = {
  params: ById,
  response: {
    ...refusalsOfKey('not_found', 'body_too_large'),
    200: answer('The endpoint.', WebhookEndpoint),
  },
}

export const feed = {
  ...operation({
    id: 'readEvents',
    tag,
    verb: 'read',
    summary: 'Read the feed of events',
    description:
      'Every event, in the order in which changes became visible: a reader that goes on with `next_after` misses none, whatever was written at the same time. An event may come twice, after a repeated request. Kept for EVENT_RETENTION_DAYS (at least 30), also while there is no webhook endpoint. Only events of the key’s plans; breaks only for a key of every plan.',
  }),
  querystring: request({
    after: Type.Optional(
      Type.String({
        pattern: '^(latest|0|[1-9]\\d{0,14})$',
        description:
          'The `next_after` of the answer before. Absent: from the oldest event that is kept. `latest`: no events, only the `next_after` to begin with now.',
        examples: ['1204'],
      }),
    ),
    limit: Type.Optional(Limit),
  }),
  response: {
    ...refusalsOfKey('feed_expired', 'feed_position_unknown'),
    200: answer('What is after the position.', FeedPage),
  },
}

export const add = {
  ...about(
    'addWebhookEndpoint',
    'webhooks',
    'Add an endpoint',
    'It hears of everything from now on. Keep the secret: it is shown once.',
  ),
  body: request({ url: Url, types: Type.Optional(Types) }),
  response: {
    ...refusalsOfKey('webhook_url_refused', 'body_too_large'),
    201: answer('Added.', WebhookEndpointSecret),
  },
}
export const list = {
  ...about('listWebhookEndpoints', 'read', 'List endpoints', 'Newest first.'),
  querystring: request(ofPage),
  response: { ...refusalsOfKey(), 200: answer('A page of endpoints.', WebhookEndpointPage) },
}
export const read = {
  ...about('readWebhookEndpoint', 'read', 'Read an endpoint', 'Without its secret.'),
  ...one,
}
export const remove = {
  ...about('removeWebhookEndpoint', 'webhooks', 'Remove an endpoint', 'With its delivery log.'),
  ...one,
  response: { ...one.response, 200: answer('As it was.', WebhookEndpoint) },
}
export const disable = {
  ...about(
    'disableWebhookEndpoint',
    'webhooks',
    'Disable an endpoint',
    'It is sent nothing until it is enabled.',
  ),
  ...one,
  body: Nothing,
}
export const enable = {
  ...about(
    'enableWebhookEndpoint',
    'webhooks',
    'Enable an endpoint',
    'What was waiting is sent; what happened meanwhile is not: replay it.',
  ),
  ...one,
  body: Nothing,
}
export const rotate = {
  ...about(
    'rotateWebhookSecret',
    'webhooks',
    'Rotate the secret',
    'For 24 hours both secrets sign.',
  ),
  params: ById,
  body: Nothing,
  response: {
    ...refusalsOfKey('not_found', 'body_too_large'),
    200: answer('The endpoint with its new secret.', WebhookEndpointSecret),
  },
}
export const test = {
  ...about(
    'testWebhookEndpoint',
    'webhooks',
    'Send a test',
    'A signed `webhook.test`, sent before this answers; the attempt says how it went.',
  ),
  params: ById,
  body: Nothing,
  response: {
    ...refusalsOfKey('not_found', 'body_too_large'),
    200: answer('How it went.', WebhookDelivery),
  },
}
export const replay = {
  ...about(
    'replayWebhooks',
    'webhooks',
    'Replay a stretch of time',
    'Sends every event of the time that the endpoint wants again, delivered before or not. Events are kept for EVENT_RETENTION_DAYS (90 unless set).',
  ),
  params: ById,
  body: request({ from: Instant, to: Type.Optional(Instant) }),
  response: {
    ...refusalsOfKey('not_found', 'body_too_large'),
    200: answer('On their way.', Replayed),
  },
}
export const deliveries = {
  ...about('listWebhookDeliveries', 'read', 'Read the delivery log', 'Newest first.'),
  querystring: request({
    endpoint: Type.Optional(OurId),
    event: Type.Optional(OurId),
    state: Type.Optional(oneOf(delivery_states, 'Only those in this state.')),
    type: Type.Optional(oneOf(webhook_types, 'Only those of this type.')),
    ...ofPage,
  }),
  response: { ...refusalsOfKey(), 200: answer('A page of deliveries.', WebhookDeliveryPage) },
}
export const replayOne = {
  ...about('replayWebhookDelivery', 'webhooks', 'Replay one delivery', 'With the same webhook-id.'),
  params: ById,
  body: Nothing,
  response: {
    ...refusalsOfKey('not_found', 'body_too_large'),
    200: answer('On its way.', WebhookDelivery),
  },
}

import { Type } from 'typebox'
import { Contract } from './contracts.ts'
import { count, flag, id, instant, oneOf, orNull, page, shape, text } from './fields.ts'
import { Charge, Refund } from './orders.ts'
import { Break } from './reconciliation.ts'
import {
  delivery_states,
  disabled_reasons,
  endpoint_states,
  webhook_types,
} from '../webhooks/states.ts'

const WebhookType = oneOf(webhook_types, 'What happened.')

const BoundUser = shape('BoundUser', 'A user of yours for whom a wallet pays from now on.', {
  user_id: text('Your id of the payer.', 'U1001'),
  former_user_id: orNull(
    text(
      'The id we had made, under which its contracts were known until now.',
      'made-01KBN2V7Q4TZ8M3RXJ5W9GYHC6',
    ),
  ),
  contracts: Type.Array(Contract, {
    description: 'What this user has signed, running contracts first; at most 200.',
  }),
})

const only = <Properties extends Parameters<typeof Type.Object>[0]>(properties: Properties) =>
  Type.Object(properties)
const subjects = [
  only({ charge: Charge }),
  only({ refund: Refund }),
  only({ contract: Contract }),
  only({ user: BoundUser }),
  only({ break: Break }),
] as const

/** The same events in the order in which they became known, for callers that poll. */
export const FeedEvent = shape('FeedEvent', 'An event: what its webhook says.', {
  position: count('Its place in the feed. It rises; numbers may be left out.'),
  type: WebhookType,
  timestamp: instant('When it happened. It need not rise.'),
  data: Type.Union([...subjects], {
    description: 'The thing it is about, as it is now: it may be further on than the type says.',
  }),
})
export const FeedPage = shape('FeedPage', 'Events after a position.', {
  events: Type.Array(FeedEvent, {
    description:
      'Positions rise. May be empty while `has_more` is true: a key that is bound to plans passes over what belongs to others.',
  }),
  next_after: count('Send it as `after` to go on.'),
  has_more: flag('There is more by now; false: ask again in a while.'),
})

/** What is sent: the form Standard Webhooks recommends. */
export const WebhookEvent = shape('WebhookEvent', 'The body of a webhook.', {
  type: WebhookType,
  timestamp: instant('When it happened.'),
  position: orNull(
    count(
      'Its place in the feed (`GET /v1/events`). Null: a test, or an event of before the feed.',
    ),
  ),
  data: Type.Union(
    [...subjects, only({ test: text('Our id of the endpoint.', '01KBN2V7Q4TZ8M3RXJ5W9GYHC6') })],
    {
      description:
        'The thing it is about, as it is when the webhook is sent: it may be further on than the type says.',
    },
  ),
})

const endpoint = {
  id: id('Our id of the endpoint.'),
  url: text('Where webhooks go.', 'https://shop.example/webhooks'),
  types: Type.Array(WebhookType, { description: 'Which are sent; empty: every type.' }),
  state: oneOf(
    endpoint_states,
    'A disabled one is sent nothing; what happened meanwhile can be replayed.',
  ),
  disabled_reason: orNull(
    oneOf(
      disabled_reasons,
      'failed_too_long: nothing but failures for three days; answered_gone: status 410.',
    ),
  ),
  failing_since: orNull(instant('The first failure since the last success.')),
  old_secret_until: orNull(instant('After a rotation both secrets sign until then.')),
  created_at: instant('When.'),
}
export const WebhookEndpoint = shape(
  'WebhookEndpoint',
  'An address of yours that hears of events.',
  endpoint,
)
export const WebhookEndpointPage = page('WebhookEndpointPage', 'webhook_endpoints', WebhookEndpoint)
export const WebhookEndpointSecret = shape(
  'WebhookEndpointSecret',
  'An endpoint with its new secret, which is shown this once.',
  {
    ...endpoint,
    secret: text('For verifying: whsec_ and Base64.', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'),
  },
)

export const WebhookDelivery = shape(
  'WebhookDelivery',
  'How one event was brought to one endpoint.',
  {
    id: id('Our id of the delivery.'),
    event: id('The webhook-id; the same at every endpoint and every attempt.'),
    endpoint: id('Our id of the endpoint.'),
    type: WebhookType,
    subject: text(
      'The order_id, or our id of the contract, break or binding.',
      '01KBN2V7Q4TZ8M3RXJ5W9GYHC6',
    ),
    occurred_at: instant('When it happened.'),
    state: oneOf(delivery_states, 'given_up: after twelve attempts in three days.'),
    next_attempt_at: orNull(instant('Of a pending one.')),
    delivered_at: orNull(instant('When it was taken.')),
    attempts: Type.Array(
      Type.Object({
        at: instant('When.'),
        status: orNull(count('HTTP status; null: no answer.')),
        ms: count('How long it took, in milliseconds.'),
        problem: orNull(
          text(
            'not_reached, timeout, broken_answer, inside_address, subject_gone or not_written.',
            'timeout',
          ),
        ),
      }),
      { description: 'The last twenty, oldest first.' },
    ),
  },
)
export const WebhookDeliveryPage = page(
  'WebhookDeliveryPage',
  'webhook_deliveries',
  WebhookDelivery,
)
export const Replayed = shape('Replayed', 'What a replay set going.', {
  replayed: count('So many deliveries.'),
})

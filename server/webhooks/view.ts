import type { WebhookDeliveryView, WebhookEndpointView } from '../api.ts'
import type { Delivery } from './delivery-store.ts'
import type { Endpoint } from './endpoint-store.ts'

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** An endpoint without its secrets. */
export const viewEndpoint = (endpoint: Endpoint): WebhookEndpointView => ({
  id: endpoint.id,
  url: endpoint.url,
  types: endpoint.types as WebhookEndpointView['types'],
  state: endpoint.state,
  disabled_reason: endpoint.disabled_why,
  failing_since: iso(endpoint.failing_since),
  old_secret_until: iso(endpoint.previous_until),
  created_at: endpoint.created_at.toISOString(),
})

export const viewDelivery = (delivery: Delivery): WebhookDeliveryView => ({
  id: delivery.id,
  event: delivery.event_ref,
  endpoint: delivery.endpoint_ref,
  type: delivery.type as WebhookDeliveryView['type'],
  subject: delivery.subject,
  occurred_at: delivery.occurred_at.toISOString(),
  state: delivery.state,
  next_attempt_at: delivery.state === 'pending' ? delivery.due_at.toISOString() : null,
  delivered_at: iso(delivery.delivered_at),
  attempts: delivery.attempts,
})

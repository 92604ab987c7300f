/**
 * Types of events, and states of endpoints and deliveries. Imports nothing: the published schemas
 * are made of these lists.
 */

export const webhook_types = [
  'contract.activated',
  'contract.terminated',
  'user.bound',
  'charge.succeeded',
  'charge.failed',
  'charge.needs_review',
  'charge.paid_twice',
  'refund.succeeded',
  'refund.failed',
  'refund.needs_review',
  'reconciliation.break',
  'webhook.test',
] as const
export type WebhookType = (typeof webhook_types)[number]

export const endpoint_states = ['active', 'disabled'] as const
export type EndpointState = (typeof endpoint_states)[number]

export const disabled_reasons = ['failed_too_long', 'answered_gone', 'by_hand'] as const
export type DisabledReason = (typeof disabled_reasons)[number]

export const delivery_states = ['pending', 'delivered', 'given_up'] as const
export type DeliveryState = (typeof delivery_states)[number]

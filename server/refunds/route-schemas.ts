import { Type } from 'typebox'
import { orderFilters, Resolve } from '../charges/route-schemas.ts'
import { AmountFen, ByOrder, Description, OurId, request } from '../schemas/fields.ts'
import { answer, Idempotent, operation, refusalsOfKey } from '../schemas/operation.ts'
import { Refund, RefundPage } from '../schemas/orders.ts'

/** Form, words and refusals of the refund routes. */

const keyed = [
  'merchant_no_unknown',
  'idempotency_key_missing',
  'idempotency_key_reused',
  'idempotency_key_busy',
  'not_found',
  'charge_not_refundable',
  'refund_excluded',
  'body_too_large',
] as const
const made = {
  200: answer('What this Idempotency-Key made before, as it is now.', Refund),
  201: answer('Accepted.', Refund),
}

export const createRefund = {
  ...operation({
    id: 'createRefund',
    tag: 'Refunds',
    verb: 'refund',
    summary: 'Refund a charge',
    description:
      '退货. Without `amount_fen` all that is left of the charge. Pending refunds hold their amount.',
  }),
  params: ByOrder,
  body: request({ amount_fen: Type.Optional(AmountFen), description: Description }),
  headers: Idempotent,
  response: { ...refusalsOfKey(...keyed, 'refund_exceeds_charge', 'refund_too_late'), ...made },
}

export const cancelCharge = {
  ...operation({
    id: 'cancelCharge',
    tag: 'Refunds',
    verb: 'refund',
    summary: 'Cancel a charge',
    description:
      '消费撤销: the whole charge, on its clearing day only, where the charge profile allows it.',
  }),
  params: ByOrder,
  body: request({ description: Description }),
  headers: Idempotent,
  response: { ...refusalsOfKey(...keyed, 'cancel_too_late', 'cancel_not_allowed'), ...made },
}

export const listRefunds = {
  ...operation({
    id: 'listRefunds',
    tag: 'Refunds',
    verb: 'read',
    summary: 'List refunds and cancels',
    description:
      'Newest first. `from` is included, `to` is not; both are compared with `accepted_at`.',
  }),
  querystring: request({ ...orderFilters, charge: Type.Optional(OurId) }),
  response: { ...refusalsOfKey(), 200: answer('A page of refunds.', RefundPage) },
}

export const readRefund = {
  ...operation({
    id: 'readRefund',
    tag: 'Refunds',
    verb: 'read',
    summary: 'Read a refund',
    description: 'Also of a cancel.',
  }),
  params: ByOrder,
  response: { ...refusalsOfKey('not_found'), 200: answer('The refund.', Refund) },
}

export const resolveRefund = {
  ...operation({
    id: 'resolveRefund',
    tag: 'Refunds',
    verb: 'resolve',
    summary: 'Resolve a refund',
    description:
      'Ends the review of a refund, or decides one that needs manual review. `author` stands in its history.',
  }),
  params: ByOrder,
  body: Resolve,
  response: {
    ...refusalsOfKey('not_found', 'nothing_to_resolve', 'body_too_large'),
    200: answer('Resolved.', Refund),
  },
}

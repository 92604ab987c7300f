import { Type } from 'typebox'
import { order_states } from '../transactions/states.ts'
import {
  AmountFen,
  ByOrder,
  Description,
  Instant,
  MerchantNo,
  MerchantOrderNo,
  ofPage,
  oneOf,
  OurId,
  PlanId,
  request,
  UserId,
  YesOrNo,
} from '../schemas/fields.ts'
import { answer, Idempotent, operation, refusalsOfKey } from '../schemas/operation.ts'
import { Charge, ChargeDetail, ChargePage } from '../schemas/orders.ts'

/** Schemas, descriptions and refusals of the charge routes. */

const CreateCharge = request({
  merchant_order_no: MerchantOrderNo,
  amount_fen: AmountFen,
  description: Description,
  merchant_no: MerchantNo,
  contract_id: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 128,
      description: 'UnionPay’s 签约协议号. Name the contract in exactly one way.',
      examples: ['6218400000000000012'],
    }),
  ),
  contract: Type.Optional(OurId),
  user_id: Type.Optional(UserId),
  plan_id: Type.Optional(PlanId),
})

/** Filters of both lists, of charges and of refunds. */
export const orderFilters = {
  state: Type.Optional(oneOf(order_states, 'Only those in this state.')),
  needs_review: Type.Optional(YesOrNo('Only those that need manual review, or only the others.')),
  merchant_no: Type.Optional(MerchantNo),
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
  ...ofPage,
}

const ListCharges = request({
  ...orderFilters,
  contract: Type.Optional(OurId),
  plan_id: Type.Optional(PlanId),
  user_id: Type.Optional(UserId),
  merchant_order_no: Type.Optional(MerchantOrderNo),
})

/**
 * A person's decision on a transaction in review; `author` is written into its history, with the
 * key that sent it.
 */
export const Resolve = request({
  decision: oneOf(['paid', 'not_paid'], 'What the operator found out.'),
  author: Type.String({
    pattern: '^[^\\x00-\\x1f\\x7f]{1,64}$',
    description: 'Who says so. The history names the API key behind it.',
    examples: ['王五'],
  }),
})

export const createCharge = {
  ...operation({
    id: 'createCharge',
    tag: 'Charges',
    verb: 'charge',
    summary: 'Charge a contract',
    description:
      '扣款. The answer is usually `pending`: UnionPay tells the outcome later. Read the charge or listen to webhooks; never charge again for a pending one. Name the contract by `contract_id`, by `contract`, or by `user_id` with `plan_id`.',
  }),
  body: CreateCharge,
  headers: Idempotent,
  response: {
    ...refusalsOfKey(
      'idempotency_key_missing',
      'idempotency_key_reused',
      'idempotency_key_busy',
      'merchant_order_taken',
      'contract_unknown',
      'contract_not_active',
      'contract_in_review',
      'merchant_no_unknown',
      'merchant_no_refused',
      'over_single_limit',
      'over_daily_limit',
      'debit_not_announced',
      'body_too_large',
    ),
    200: answer('The charge this Idempotency-Key made before, as it is now.', Charge),
    201: answer('Accepted.', Charge),
  },
}

export const listCharges = {
  ...operation({
    id: 'listCharges',
    tag: 'Charges',
    verb: 'read',
    summary: 'List charges',
    description:
      'Newest first. `from` is included, `to` is not; both are compared with `accepted_at`.',
  }),
  querystring: ListCharges,
  response: { ...refusalsOfKey(), 200: answer('A page of charges.', ChargePage) },
}

export const resolveCharge = {
  ...operation({
    id: 'resolveCharge',
    tag: 'Charges',
    verb: 'resolve',
    summary: 'Resolve a charge',
    description:
      'Ends the review of a charge, or decides one that needs manual review. `author` and the API key stand in its history.',
  }),
  params: ByOrder,
  body: Resolve,
  response: {
    ...refusalsOfKey('not_found', 'nothing_to_resolve', 'body_too_large'),
    200: answer('Resolved.', ChargeDetail),
  },
}

export const readCharge = {
  ...operation({
    id: 'readCharge',
    tag: 'Charges',
    verb: 'read',
    summary: 'Read a charge',
    description: 'With its history and refunds.',
  }),
  params: ByOrder,
  response: { ...refusalsOfKey('not_found'), 200: answer('The charge.', ChargeDetail) },
}

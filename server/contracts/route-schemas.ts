import { Type } from 'typebox'
import {
  ContractDetail,
  ContractPage,
  ContractState,
  PlanList,
  SdkSigning,
  Signing,
} from '../schemas/contracts.ts'
import { ById, ofPage, PlanId, request, UserId } from '../schemas/fields.ts'
import { answer, operation, refusalsOfKey } from '../schemas/operation.ts'

/**
 * Form, words and refusals of what the merchant's systems ask about plans, signings and contracts.
 */

/** `made-` begins the user_ids we make ourselves. */
const NewUserId = Type.String({
  pattern: '^(?!made-)[\\x21-\\x7e]{1,64}$',
  description: 'Your own id of the payer.',
  examples: ['U1001'],
})
const StartSdkSigning = request({
  user_id: NewUserId,
  plan_id: PlanId,
  display_name: Type.Optional(
    Type.String({
      maxLength: 40,
      pattern: '^[^\\u0000-\\u001f]*$',
      description: 'A name by which the payer knows this account.',
      examples: ['张三'],
    }),
  ),
})
const Complete = request({
  code: Type.String({
    minLength: 1,
    maxLength: 256,
    description: 'The code the SDK returned, as it is.',
    examples: ['Q8d…'],
  }),
})

export const listPlans = {
  ...operation({
    id: 'listPlans',
    tag: 'Plans',
    verb: 'read',
    summary: 'List the plans',
    description: 'The catalogue (plans.yaml), as far as this key covers it.',
  }),
  response: { ...refusalsOfKey(), 200: answer('The plans.', PlanList) },
}

export const startSdkSigning = {
  ...operation({
    id: 'startSdkSigning',
    tag: 'Signings',
    verb: 'sign',
    summary: 'Start a signing in your own app',
    description:
      'SDK 签约: hand the answer to the UnionPay SDK in your app. The H5 in the wallet needs none of this.',
  }),
  body: StartSdkSigning,
  response: {
    ...refusalsOfKey(
      'plan_unknown',
      'plan_withdrawn',
      'already_signed',
      'signing_in_progress',
      'body_too_large',
    ),
    200: answer('Started.', SdkSigning),
  },
}

export const completeSdkSigning = {
  ...operation({
    id: 'completeSdkSigning',
    tag: 'Signings',
    verb: 'sign',
    summary: 'Complete it with the code',
    description: 'The code the SDK returned. Repeating it gives the same signing.',
  }),
  params: ById,
  body: Complete,
  response: {
    ...refusalsOfKey('not_found', 'body_too_large'),
    200: answer('The signing as it is now.', Signing),
  },
}

export const readSigning = {
  ...operation({
    id: 'readSigning',
    tag: 'Signings',
    verb: 'read',
    summary: 'Read a signing',
    description: 'However it was started.',
  }),
  params: ById,
  response: { ...refusalsOfKey('not_found'), 200: answer('The signing.', Signing) },
}

export const listContracts = {
  ...operation({
    id: 'listContracts',
    tag: 'Contracts',
    verb: 'read',
    summary: 'List contracts',
    description:
      'Newest first. Without `state` those that were signed: active, terminating and terminated.',
  }),
  querystring: request({
    user_id: Type.Optional(UserId),
    plan_id: Type.Optional(PlanId),
    state: Type.Optional(ContractState),
    ...ofPage,
  }),
  response: { ...refusalsOfKey(), 200: answer('A page of contracts.', ContractPage) },
}

export const readContract = {
  ...operation({
    id: 'readContract',
    tag: 'Contracts',
    verb: 'read',
    summary: 'Read a contract',
    description: 'With its history and what it used of today’s limit.',
  }),
  params: ById,
  response: { ...refusalsOfKey('not_found'), 200: answer('The contract.', ContractDetail) },
}

export const terminateContract = {
  ...operation({
    id: 'terminateContract',
    tag: 'Contracts',
    verb: 'terminate',
    summary: 'End a contract',
    description:
      '解约. No charge is accepted after it; one in flight still settles. `terminating` means UnionPay has not answered yet: read it again.',
  }),
  params: ById,
  response: {
    ...refusalsOfKey('not_found', 'contract_not_active', 'body_too_large'),
    200: answer('Ended, or ending.', ContractDetail),
  },
}

import { Type } from 'typebox'
import { DebitNotice, DebitNoticePage } from '../schemas/debit-notices.ts'
import {
  AmountFen,
  ById,
  Day,
  Description,
  Nothing,
  ofPage,
  OurId,
  request,
} from '../schemas/fields.ts'
import { answer, operation, plain, refusalsOfKey } from '../schemas/operation.ts'
import { merchant_channels } from './debit-notice.ts'

/** Form, words and refusals of the routes about telling before a debit. */

const tag = 'Debit notices'
const WayToCancel = Type.String({
  pattern: '^[^\\x00-\\x1f\\x7f]{1,128}$',
  description: 'How the payer can prevent it, in the words that the payer is shown.',
  examples: ['云闪付 → 我的 → 设置 → 支付设置 → 无感支付'],
})

export const announce = {
  ...operation({
    id: 'announceDebit',
    tag,
    verb: 'charge',
    summary: 'Announce a debit',
    description:
      '扣款前告知 of a renewal plan: before each debit, so many days ahead as the plan says. The H5 shows it; send it by another channel too.',
  }),
  params: ById,
  body: request({
    debit_on: Day,
    amount_fen: AmountFen,
    description: Description,
    way_to_cancel: WayToCancel,
  }),
  response: {
    ...refusalsOfKey(
      'contract_unknown',
      'contract_not_active',
      'contract_in_review',
      'debit_notice_too_late',
      'debit_notice_exists',
      'over_single_limit',
      'body_too_large',
    ),
    200: answer('It was announced before, in the same words.', DebitNotice),
    201: answer('Announced.', DebitNotice),
  },
}

export const deliver = {
  ...operation({
    id: 'reportDelivery',
    tag,
    verb: 'charge',
    summary: 'Say how it was sent',
    description: 'Once for each channel.',
  }),
  params: ById,
  body: request({
    channel: Type.Enum([...merchant_channels], {
      description: 'How the payer was notified.',
      examples: ['sms'],
    }),
    proof: Type.Optional(
      Type.String({
        pattern: '^[\\x21-\\x7e]{1,128}$',
        description: 'Your own number of the message.',
        examples: ['SMS-881'],
      }),
    ),
  }),
  response: {
    ...refusalsOfKey('not_found', 'body_too_large'),
    200: answer('The notice.', DebitNotice),
  },
}

export const withdraw = {
  ...operation({
    id: 'withdrawDebitNotice',
    tag,
    verb: 'charge',
    summary: 'Withdraw it',
    description: 'The debit will not happen, or not so.',
  }),
  params: ById,
  body: Nothing,
  response: {
    ...refusalsOfKey('not_found', 'body_too_large'),
    200: answer('Withdrawn.', DebitNotice),
  },
}

export const list = {
  ...operation({
    id: 'listDebitNotices',
    tag,
    verb: 'read',
    summary: 'List debit notices',
    description: 'Newest first. `from` and `to` are days of the debit.',
  }),
  querystring: request({
    contract: Type.Optional(OurId),
    from: Type.Optional(Day),
    to: Type.Optional(Day),
    ...ofPage,
  }),
  response: { ...refusalsOfKey(), 200: answer('A page of notices.', DebitNoticePage) },
}

export const proof = {
  ...operation({
    id: 'exportDebitNoticeProof',
    tag,
    verb: 'read',
    summary: 'Export the proof',
    description:
      'One line for each charge of a renewal plan accepted from `from` to `to`, with the notice before it.',
  }),
  querystring: request({ from: Day, to: Day }),
  response: {
    ...refusalsOfKey(),
    200: plain('CSV in UTF-8, with a line of names.', 'text/csv', { type: 'string' }),
  },
}

export const read = {
  ...operation({
    id: 'readDebitNotice',
    tag,
    verb: 'read',
    summary: 'Read a debit notice',
    description: 'With its deliveries.',
  }),
  params: ById,
  response: { ...refusalsOfKey('not_found'), 200: answer('The notice.', DebitNotice) },
}

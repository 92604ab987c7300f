import { Type } from 'typebox'
import { shape, text } from '../schemas/fields.ts'
import { answer, operation, plain, refusals } from '../schemas/operation.ts'

/**
 * Descriptions and answers of UnionPay's notifications. The form is UnionPay's, is verified over
 * the raw text, and is not validated here.
 */

const tag = 'Notifications of UnionPay'
const form = {
  consumes: ['application/x-www-form-urlencoded'],
  body: Type.Unsafe<unknown>({ description: 'UnionPay’s form, as it signed it.' }),
}
const refused = refusals('notification_invalid', 'body_too_large')
const description =
  'Called by UnionPay only; everything in it must be signed by UnionPay. Acknowledged after it is stored; a repeat changes nothing.'

const taken = {
  ...refused,
  200: answer(
    'Taken.',
    shape('Acknowledged', 'What UnionPay waits for.', { resp: text('Always 00.', '00') }),
  ),
}
export const terminationByQuery = {
  ...operation({
    id: 'notifyTerminationByQuery',
    tag,
    summary: '解约通知, as a query',
    description,
  }),
  response: taken,
}
export const terminationByForm = {
  ...operation({ id: 'notifyTermination', tag, summary: '解约通知, as a form', description }),
  ...form,
  response: taken,
}
export const payment = {
  ...operation({
    id: 'notifyPayment',
    tag,
    summary: '后台通知 of charges, refunds and cancels',
    description,
  }),
  ...form,
  response: { ...refused, 200: plain('Taken.', 'text/plain', { type: 'string', enum: ['ok'] }) },
}

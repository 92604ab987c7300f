import { Type } from 'typebox'
import { errors, type ErrorCode } from '../error-codes.ts'
import { shape, text } from './fields.ts'

export const Refused = shape('Error', 'Every refusal and fault has this one shape.', {
  code: Type.Unsafe<ErrorCode>({
    type: 'string',
    enum: Object.keys(errors),
    description: 'Stable; decide by it, never by the message.',
    examples: ['contract_not_active'],
  }),
  message: text('What happened, in English.', 'The contract is not active.'),
  what_to_do: text('What to do about it.', 'Read the contract; it may have ended elsewhere.'),
  request_id: text(
    'Tell it to the operator; the log has it too.',
    '0f8e5e9e-6a0b-4c39-9a52-1c5f4d0f7b11',
  ),
  fields: Type.Optional(
    Type.Array(
      Type.Object({
        path: text('Which field.', 'amount_fen'),
        problem: text('What is wrong with it.', 'must be >= 1'),
      }),
      { description: 'Of bad_request: what is wrong.' },
    ),
  ),
})

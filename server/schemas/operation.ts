import { Type, type TSchema } from 'typebox'
import { errors, type ErrorCode } from '../error-codes.ts'
import type { Verb } from '../key-guard.ts'
import { Nothing } from './fields.ts'
import { Refused } from './refused.ts'

type Words = { id: string; tag: string; summary: string; description: string; verb?: Verb }

/**
 * What an operation says of itself. With a verb it needs an API key that names it, and its address
 * takes no field but those it names.
 */
export const operation = ({ id, tag, summary, description, verb }: Words) => ({
  operationId: id,
  tags: [tag],
  summary,
  description: verb ? `${description} The key needs the verb \`${verb}\`.` : description,
  ...(verb ? { security: [{ api_key: [] }], querystring: Nothing } : {}),
})

/** An answer with what it means here. */
export const answer = <Schema extends TSchema>(description: string, schema: Schema): Schema => ({
  ...schema,
  'x-response-description': description,
})

const said = (code: ErrorCode): string => `\`${code}\`: ${errors[code][1]} ${errors[code][2]}`

/**
 * The refusals of an operation by status: those named and those every operation of its kind can
 * answer.
 */
export function refusals(...codes: ErrorCode[]): Refusals {
  const by_status = Map.groupBy(new Set([...codes, ...ofAll]), (code) => errors[code][0])
  return Object.fromEntries(
    [...by_status].map(([status, some]) => [status, answer(some.map(said).join('\n\n'), Refused)]),
  ) as Refusals
}
type Refusals = Record<500 | 503 | `${4 | 5}${number}`, typeof Refused>
const ofAll: readonly ErrorCode[] = ['rate_limited', 'overloaded', 'database_lost', 'internal']

/** The refusals of an operation that needs an API key. */
export const refusalsOfKey = (...codes: ErrorCode[]) =>
  refusals('bad_request', 'api_key_invalid', 'verb_not_allowed', ...codes)

/**
 * The header of a request that moves money. Not validated here: its absence has a code of its own.
 */
export const Idempotent = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      description:
        'Required; 1–255 visible ASCII characters. One key for each purchase; the same key and body again give the same order in its present state. Kept for 30 days and more.',
      examples: ['purchase-20261122-0001'],
    }),
  ),
})

/** A document that is no JSON. */
export const plain = (description: string, type: string, schema: object) => ({
  description,
  content: { [type]: { schema } },
})

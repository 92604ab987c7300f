import type { Gateway, NoAnswer } from './gateway.ts'
import { findMismatches, type Expected, type Mismatch } from './match.ts'
import { findContradiction, whyNotAnAnswer } from './message-kind.ts'
import type { DraftFields, Fields } from './message.ts'
import { ruleOn, type Ruling } from './resp-codes.ts'

/**
 * One payment operation: where it goes, what it says, how its verified answer is read. A file in
 * `operations/` each.
 */
export type GatewayOperation<Input, Value> = {
  path(input: Input): string
  /** `refused`: a value is dangerous, nothing was sent */
  fields(input: Input): { kind: 'rendered'; fields: DraftFields } | Refused
  read(answer: Fields, input: Input): Value
}

export type Refused = { kind: 'refused'; key: string; why: string }

/**
 * The outcome is open: it may have been done, except where nothing was reached. `code` is
 * UnionPay's where there is one.
 */
export type Open = {
  kind: 'unknown'
  why: NoAnswer | 'open_code' | 'mismatch'
  code: string | null
  detail: string
  ruling: Ruling | null
}

/**
 * What the synchronous answer to a charge, refund or cancel says: accepted is not paid (ACP §4.2).
 */
export type Direct =
  | {
      kind: 'accepted' | 'failed'
      code: string
      message: string
      query_id: string | null
      ruling: Ruling
    }
  | Open

/**
 * Sends an operation and reads its answer. Throws for nothing that UnionPay or the network does.
 */
export async function callGateway<Input, Value>(
  gateway: Gateway,
  operation: GatewayOperation<Input, Value>,
  input: Input,
): Promise<Value | Open | Refused> {
  const request = operation.fields(input)
  if (request.kind === 'refused') return request
  const answer = await gateway.send(operation.path(input), request.fields)
  return answer.kind === 'none'
    ? open(answer.why, null, answer.detail)
    : operation.read(answer.fields, input)
}

/**
 * Reads the answer to a money transaction; one about another order, or another kind of message,
 * leaves ours open.
 */
export function readDirect(answer: Fields, expected: Expected): Direct {
  const code = answer.respCode ?? ''
  const other_kind = whyNotAnAnswer(answer)
  if (other_kind !== null) return open('mismatch', code, other_kind)
  const mismatches = findMismatches(answer, expected, { money: 'if_present' })
  if (mismatches.length > 0) return open('mismatch', code, sayMismatches(mismatches))
  const ruling = ruleOn('answer', code)
  const message = answer.respMsg ?? ''
  if (ruling.treatment === 'unknown') return { ...open('open_code', code, message), ruling }
  const contradiction = findContradiction(answer, ruling.treatment)
  if (contradiction !== null) return open('mismatch', code, contradiction)
  const kind = ruling.treatment === 'failed' ? 'failed' : 'accepted'
  return { kind, code, message, query_id: answer.queryId || null, ruling }
}

export const open = (why: Open['why'], code: string | null, detail: string): Open => ({
  kind: 'unknown',
  why,
  code,
  detail,
  ruling: null,
})

export const sayMismatches = (mismatches: readonly Mismatch[]): string =>
  mismatches
    .map(({ field, expected, found }) => `${field} is ${found ?? 'missing'}, expected ${expected}`)
    .join('; ')

import type { ForeignKind } from './answer-body.ts'
import { meaningOf } from './resp-codes.ts'
import { unknown, type CallOutcome } from './call-outcome.ts'
import type { Operation } from './operation.ts'
import type { Tokens } from './tokens.ts'
import type { Answer, Transport } from './transport.ts'

/** Told of every call, for logs and metrics; never receives a body. */
export type OnCall = (call: {
  interface: string
  outcome: string
  code: string | null
  /** what was wrong with the answer, for the log */
  detail: string | null
  /** what answered in UnionPay's place; null where nothing did */
  foreign: ForeignKind | null
  duration_ms: number
}) => void

/** Calls an operation. Never throws for anything UnionPay or the network does. */
export type Call = <Input, Value>(
  operation: Operation<Input, Value>,
  input: Input,
) => Promise<CallOutcome<Value>>

/** A call without shared token: the body is the app's id and what the operation adds. */
export function createBareCall(
  transport: Transport,
  app_id: string,
  onCall: OnCall,
  elapsed: () => number,
): Call {
  return async (operation, input) =>
    send(transport, operation, { appId: app_id, ...operation.body(input) }, onCall, elapsed)
}

/**
 * A call that carries the shared token. When UnionPay calls the token invalid (a10) nothing was
 * done: the token is replaced once and the call repeated once (open platform §2.3).
 */
export function createCall(
  transport: Transport,
  app_id: string,
  tokens: Tokens,
  onCall: OnCall,
  elapsed: () => number,
): Call {
  return async (operation, input) => {
    let refused_token: string | undefined
    for (let attempt = 0; attempt < 2; attempt++) {
      const token = await tokens.get('backendToken', refused_token)
      if (!token) return unknown('no_token')
      const body = { appId: app_id, backendToken: token, ...operation.body(input) }
      const outcome = await send(transport, operation, body, onCall, elapsed)
      if (outcome.kind !== 'refused' || meaningOf(outcome.code)?.kind !== 'token') return outcome
      if (attempt === 1) return outcome
      refused_token = token
    }
    throw new Error('unreachable: the loop returns')
  }
}

async function send<Input, Value>(
  transport: Transport,
  operation: Operation<Input, Value>,
  body: Record<string, string>,
  onCall: OnCall,
  elapsed: () => number,
): Promise<CallOutcome<Value>> {
  const started = elapsed()
  const answer = await transport.post(`/open/access/1.0/${operation.interface}`, body)
  const outcome = readOutcome(operation, answer)
  const code = outcome.kind === 'done' ? '00' : outcome.code
  const word = outcome.kind === 'unknown' ? outcome.why : outcome.kind
  onCall({
    interface: operation.interface,
    outcome: word,
    code,
    detail: answer.kind === 'broken' ? answer.detail : null,
    foreign: answer.kind === 'broken' ? (answer.foreign ?? null) : null,
    duration_ms: Math.round(elapsed() - started),
  })
  return outcome
}

function readOutcome<Input, Value>(
  operation: Operation<Input, Value>,
  answer: Answer,
): CallOutcome<Value> {
  if (answer.kind === 'broken') return unknown(answer.why)
  // A nested business code was seen beside resp 00: success needs both (§2.4).
  const nested = answer.params.respCode
  const code =
    answer.resp === '00' && typeof nested === 'string' && nested !== '' ? nested : answer.resp
  if (code === '00') {
    const value = operation.read(answer.params)
    return value === null ? unknown('broken_answer', code) : { kind: 'done', value }
  }
  const meaning = meaningOf(code)
  if (!meaning || meaning.kind === 'unknown') return unknown('unlisted_code', code)
  return { kind: 'refused', code, text: answer.msg || meaning.means }
}

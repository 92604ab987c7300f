import { plainBytes } from '../kernel/plain-bytes.ts'
import { bytesOf } from './captured/captured.ts'
import { jsonObjectsIn } from './captured/json-forms.ts'
import { unwrap } from './captured/unwrap.ts'
import type { FieldRemark } from './explain-notice.ts'
import { meaningOf } from './resp-codes.ts'
import { readBeijingTime } from './times.ts'

export type AnswerExplanation = {
  valid: boolean
  resp: string
  means: string
  fields: FieldRemark[]
  causes: string[]
}

/**
 * An answer of the open platform is JSON with `resp` (open platform §1); it carries no signature.
 * Null for any other text.
 */
export function readOpenAnswer(text: string): Record<string, unknown> | null {
  try {
    const read = JSON.parse(text) as unknown
    return isRecord(read) && 'resp' in read ? read : null
  } catch {
    return null
  }
}

/** Every answer in a captured file: alone, one a line, or behind what a log writes before it. */
export function readOpenAnswers(bytes: Buffer): Record<string, unknown>[] {
  const text = plainBytes(bytes).toString('utf8')
  const whole = readOpenAnswer(text)
  return whole ? [whole] : answersIn(text)
}

const answersIn = (text: string): Record<string, unknown>[] =>
  unwrap(bytesOf(text))
    .flatMap((inner) => jsonObjectsIn(inner.text))
    .filter(
      ({ resp, msg, params }) =>
        typeof resp === 'string' && (isRecord(params) || typeof msg === 'string'),
    )

/**
 * Says what a captured answer of the open platform means, what to do, and which of its fields look
 * wrong. Pure.
 */
export function explainOpenAnswer(answer: Record<string, unknown>): AnswerExplanation {
  const resp = String(answer.resp)
  const params = isRecord(answer.params) ? answer.params : {}
  const nested = typeof params.respCode === 'string' ? params.respCode : '00'
  const means =
    resp === '00'
      ? 'success'
      : (meaningOf(resp)?.means ?? 'a code nobody lists: the outcome is unknown')
  const fields = Object.entries(params).map(([name, value]) => ({
    name,
    value: shown(name, value),
    remark: remarkOn(name, value),
  }))
  const causes: string[] = []
  if (resp !== '00') causes.push(`${resp}: ${means}${adviceOn(resp)}`)
  if (resp === '00' && nested !== '00')
    causes.push(
      `resp says 00, but respCode inside params says ${nested}: ${meaningOf(nested)?.means ?? 'not listed'} (§10.4)`,
    )
  if (resp === '00' && answer.params !== undefined && !isRecord(answer.params))
    causes.push('`params` is not an object')
  if (typeof answer.resp !== 'string') causes.push('`resp` is not text')
  return { valid: causes.length === 0, resp, means, fields, causes }
}

function adviceOn(resp: string): string {
  const kind = meaningOf(resp)?.kind
  if (kind === 'token')
    return '. Ask for a token once and repeat once; if it comes back, another system uses this appId'
  if (kind === 'refused') return ''
  return '. Ask contract.info, at least five minutes later, instead of repeating'
}

const longest: Record<string, number> = {
  contractId: 32,
  openId: 64,
  accessToken: 256,
  backendToken: 24,
  frontToken: 24,
}

function remarkOn(name: string, value: unknown): string | null {
  if (value === null) return 'null'
  if (name === 'contractStatus')
    return (
      { '1': 'signed', '3': 'terminated', '0': 'not signed', '': 'not signed' }[String(value)] ??
      'not a known status'
    )
  if (name === 'enable')
    return 'how many orders are unfinished; this is not the status of the contract (§5.5)'
  if (
    /^operat(e|ion)Time$/.test(name) &&
    readBeijingTime(typeof value === 'string' ? value : '') === null
  )
    return 'is not a time of either known form'
  if (name in longest && typeof value !== 'string')
    return 'is a number: it may have lost digits; it is opaque text'
  if (typeof value === 'string' && value.length > (longest[name] ?? Infinity))
    return `has ${value.length} characters; ${longest[name]} are known`
  return typeof value === 'string' && value.includes(' ') && name in longest
    ? 'contains a blank: probably a `+` that was decoded'
    : null
}

const plain = new Set([
  'planId',
  'contractCode',
  'contractStatus',
  'enable',
  'expiresIn',
  'operateTime',
  'operationTime',
  'scope',
  'respCode',
  'respMsg',
])
const shown = (name: string, value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return plain.has(name) ? text : `${text.slice(0, 4)}… (${text.length} characters)`
}
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

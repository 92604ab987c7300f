import type { KeyObject } from 'node:crypto'
import { isSignedByOneOf, stringToSign } from './signature.ts'
import { readBeijingTime } from './times.ts'
import { text } from './operation.ts'

/** 解约通知 in our words (open platform §6.1). Nulls were missing, empty or the text `null`. */
export type TerminationNotice = {
  app_id: string
  open_id: string | null
  contract_id: string | null
  contract_code: string | null
  plan_id: string | null
  operated_at: Date | null
}

/**
 * `signed_text` is the evidence. `identity` leaves out time of sending and nonce: a repetition may be signed anew (§6.1) and is
 * the same notice.
 */
export type NoticeReading =
  | {
      kind: 'valid'
      notice: TerminationNotice
      fields: Record<string, string>
      signed_text: string
      identity: string
    }
  | { kind: 'invalid'; why: NoticeProblem; fields: Record<string, string>; signed_text: string }

export type ValidNotice = Extract<NoticeReading, { kind: 'valid' }>

export type NoticeProblem =
  | 'repeated_parameter'
  | 'ambiguous_parameter'
  | 'broken_escape'
  | 'signature_missing'
  | 'signature_wrong'

/** Which fields UnionPay's older generation sends as null, tried as the text `null` when they come empty (§6.2). */
const mayBeNull = ['contractCode', 'contractId', 'planId']

/**
 * Verifies the raw query or form body over every parameter received except `signature` (§6.2), never over a fixed list.
 * Pure; never throws.
 */
export function readTerminationNotice(raw: string, keys: readonly KeyObject[]): NoticeReading {
  const parameters = readParameters(raw)
  const { signature: received, ...fields } = parameters.fields
  const signature = received?.replaceAll(' ', '+') // a `+` of the Base64 that was sent without percent-encoding
  const signed_text = stringToSign(fields)
  const invalid = (why: NoticeProblem): NoticeReading => ({
    kind: 'invalid',
    why,
    fields,
    signed_text,
  })
  if (parameters.problem) return invalid(parameters.problem)
  if (!signature) return invalid('signature_missing')
  const found = candidates(fields).find((members) =>
    isSignedByOneOf(keys, stringToSign(members), signature),
  )
  if (!found) return invalid('signature_wrong')
  const { timestamp: _sent, nonceStr: _nonce, ...lasting } = found
  return {
    kind: 'valid',
    notice: readFields(fields),
    fields,
    signed_text: stringToSign(found),
    identity: stringToSign(lasting),
  }
}

/** As received; then with the nullable fields that came empty or not at all as the text `null`, in every combination. */
function candidates(fields: Record<string, string>): Record<string, string>[] {
  let found = [fields]
  for (const name of mayBeNull.filter((nullable) => !fields[nullable])) {
    found = found.flatMap((members) => [members, { ...members, [name]: 'null' }])
  }
  return found
}

function readFields(fields: Record<string, string>): TerminationNotice {
  return {
    app_id: fields.appId ?? '',
    open_id: text(fields.openId),
    contract_id: text(fields.contractId),
    contract_code: text(fields.contractCode),
    plan_id: text(fields.planId),
    operated_at: readBeijingTime(fields.operateTime ?? fields.operationTime),
  }
}

/**
 * Form decoding: `+` is a blank, `%XX` is UTF-8. A name that comes twice is refused: which one was signed is unknowable. So is a value that
 * holds `&name=`: the string that was signed is the same when that is a parameter of its own, and one could be hidden in another.
 */
export function readParameters(raw: string): {
  fields: Record<string, string>
  problem: NoticeProblem | null
} {
  const fields: Record<string, string> = Object.create(null)
  let problem: NoticeProblem | null = null
  for (const pair of raw.split('&')) {
    if (pair === '') continue
    const cut = pair.indexOf('=')
    const name = decode(cut < 0 ? pair : pair.slice(0, cut))
    const value = decode(cut < 0 ? '' : pair.slice(cut + 1))
    if (name === null || value === null) {
      problem = 'broken_escape'
      continue
    }
    if (name in fields) problem = 'repeated_parameter'
    if (/[&=]/.test(name) || /&[^&=]*=/.test(value)) problem = 'ambiguous_parameter'
    fields[name] = value
  }
  return { fields, problem }
}

function decode(value: string): string | null {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '))
  } catch {
    return null
  }
}

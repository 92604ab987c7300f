import type { KeyObject } from 'node:crypto'
import { digestsIn, isSignedByOneOf, sha256Hex, stringToSign } from './signature.ts'
import { readBeijingTime } from './times.ts'
import { text } from './operation.ts'

type Fields = Record<string, string>

/** 解约通知 in our words (open platform §6.1). Nulls were missing, empty or the text `null`. */
export type TerminationNotice = {
  app_id: string
  open_id: string | null
  contract_id: string | null
  contract_code: string | null
  plan_id: string | null
  operated_at: Date | null
  /**
   * how the time looks where there is one that cannot be read: `d` for each digit, `x` for each
   * letter
   */
  unread_time: string | null
}

/**
 * `signed_text` is the evidence. `identity` leaves out time of sending and nonce: a repetition may
 * be signed again (§6.1) and is the same notice.
 */
export type NoticeReading =
  | {
      kind: 'valid'
      notice: TerminationNotice
      fields: Fields
      signed_text: string
      identity: string
    }
  | { kind: 'invalid'; why: NoticeProblem; fields: Fields; signed_text: string }

export type ValidNotice = Extract<NoticeReading, { kind: 'valid' }>

export type NoticeProblem =
  | 'repeated_parameter'
  | 'ambiguous_parameter'
  | 'broken_escape'
  | 'signature_missing'
  | 'signature_wrong'

/**
 * Fields that one generation or scene leaves out (§6.1), or that could be; and the ways to sign one
 * that has no value.
 */
const optional = ['contractCode', 'contractId', 'planId', 'trid', 'operateTime'] as const
const ways_without_value = ['null', '', undefined] as const

/**
 * Verifies the raw query or form body over every parameter received except `signature` (§6.2),
 * never over a fixed list. Pure; never throws.
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
  const found = findSigned(fields, keys, signature)
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

/**
 * The members over which the signature is right. What it signs is taken out of it once, so that
 * each try costs a digest only.
 */
function findSigned(fields: Fields, keys: readonly KeyObject[], signature: string): Fields | null {
  const signed = digestsIn(keys, signature)
  if (signed.length === 0) return null
  for (const members of candidates(fields)) {
    const signing = stringToSign(members)
    if (signed.includes(sha256Hex(signing)) && isSignedByOneOf(keys, signing, signature))
      return members
  }
  return null
}

/**
 * As received; then with each optional field that arrived without a value as the text `null`, empty
 * and missing, in every combination: how UnionPay signs such a field, and what of it arrives, is
 * not known. At most 243. A field with a value stands as it came.
 */
function* candidates(fields: Fields, names: readonly string[] = optional): Generator<Fields> {
  const [name, ...others] = names
  if (name === undefined) return yield fields
  yield* candidates(fields, others)
  if (text(fields[name]) !== null) return
  const { [name]: received, ...rest } = fields
  for (const way of ways_without_value.filter((one) => one !== received)) {
    yield* candidates(way === undefined ? rest : { ...rest, [name]: way }, others)
  }
}

function readFields(fields: Fields): TerminationNotice {
  return {
    app_id: fields.appId ?? '',
    open_id: text(fields.openId),
    contract_id: text(fields.contractId),
    contract_code: text(fields.contractCode),
    plan_id: text(fields.planId),
    ...readTime([text(fields.operateTime), text(fields.operationTime)]),
  }
}

/** Both spellings of the name occur (§11). Two that say different things say nothing. */
function readTime(
  given: readonly (string | null)[],
): Pick<TerminationNotice, 'operated_at' | 'unread_time'> {
  const times = given.filter((one) => one !== null)
  const [first, other = first] = times.map(readBeijingTime)
  if (!first || first.getTime() !== other?.getTime())
    return { operated_at: null, unread_time: times[0] ? shapeOf(times.join(' | ')) : null }
  return { operated_at: first, unread_time: null }
}

const shapeOf = (value: string): string =>
  value
    .slice(0, 60)
    .replaceAll(/\p{Letter}/gu, 'x')
    .replaceAll(/\d/g, 'd')

/**
 * Form decoding: `+` is a blank, `%XX` is UTF-8. A name that comes twice is refused: which one was
 * signed is unknowable. So is a value that holds `&name=`: the string that was signed is the same
 * when that is a parameter of its own, and one could be hidden in another.
 */
export function readParameters(raw: string): {
  fields: Fields
  problem: NoticeProblem | null
} {
  const fields: Fields = Object.create(null)
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

import type { KeyObject } from 'node:crypto'
import { publishedKey } from './notice-keys.ts'
import { isSignedByOneOf, stringToSign } from './signature.ts'
import { readParameters, readTerminationNotice, type NoticeProblem } from './notice.ts'
import { readBeijingTime } from './times.ts'

export type FieldRemark = { name: string; value: string; remark: string | null }
export type NoticeExplanation = {
  valid: boolean
  problem: NoticeProblem | null
  fields: FieldRemark[]
  signed_text: string
  /** what would make the signature right, most likely cause first; empty when nothing tried does */
  causes: string[]
}

/**
 * Says of a captured notification (raw query or form body) whether it verifies and, if not, why: it
 * tries the mistakes that integrators make (open platform §11) one by one and names the one that
 * explains the signature. Pure.
 */
export function explainNotice(captured: string, keys: readonly KeyObject[]): NoticeExplanation {
  const raw = stripAddress(captured)
  const reading = readTerminationNotice(raw, keys)
  const { signature = '', ...fields } = readParameters(raw).fields
  return {
    valid: reading.kind === 'valid',
    problem: reading.kind === 'valid' ? null : reading.why,
    fields: [...Object.entries(fields), ['signature', signature] as const].map(([name, value]) => ({
      name,
      value: shorten(name, value),
      remark: remarkOn(name, value),
    })),
    signed_text: reading.signed_text,
    causes: reading.kind === 'valid' ? [] : findCauses({ raw, captured, fields, signature, keys }),
  }
}

/**
 * A captured request may be a whole address, an access-log line's path, or carry the line end of
 * the file.
 */
export function stripAddress(captured: string): string {
  const line = captured.replace(/[\r\n]+$/, '')
  const cut = line.indexOf('?')
  return cut >= 0 && (cut === 0 || /^(https?:\/)?\/[^=&]*$/.test(line.slice(0, cut)))
    ? line.slice(cut + 1)
    : line
}

type Captured = {
  raw: string
  captured: string
  fields: Record<string, string>
  signature: string
  keys: readonly KeyObject[]
}
/** A mistake that was tried, and whether it explains the signature. */
type Attempt = readonly [explains: boolean, cause: string]

function findCauses(it: Captured): string[] {
  if (it.signature === '') return ['there is no parameter `signature`']
  const causes = [...changesOfOne(it), ...changesOfAll(it), ...formOfSignature(it)]
    .filter(([explains]) => explains)
    .map(([, cause]) => cause)
  return causes.length > 0
    ? causes
    : [
        'no usual mistake explains it: another key signed it (test and production differ), or a value was changed',
      ]
}

const verifies = (
  { keys, signature }: Captured,
  members: Record<string, string>,
  text = signature,
): boolean => isSignedByOneOf(keys, stringToSign(members), text)

/** One parameter was added, or its value changed. */
function* changesOfOne(it: Captured): Generator<Attempt> {
  const { fields } = it
  for (const name of Object.keys(fields)) {
    const { [name]: _left, ...rest } = fields
    yield [
      verifies(it, rest),
      `it verifies without \`${name}\`: this parameter was added on the way (a query of your own notify address, a proxy)`,
    ]
    for (const [what, value] of [
      ['the text null', 'null'],
      ['empty', ''],
    ] as const) {
      yield [
        fields[name] !== value && verifies(it, { ...fields, [name]: value }),
        `it verifies when \`${name}\` is ${what}: its value was changed after signing`,
      ]
    }
  }
  for (const [name, value] of Object.entries(fields)) {
    yield [
      value.includes(' ') && verifies(it, { ...fields, [name]: value.replaceAll(' ', '+') }),
      `it verifies when blanks in \`${name}\` are \`+\`: something decoded them before this was captured`,
    ]
  }
}

/** The whole text was signed in another form, or with another key. */
function changesOfAll(it: Captured): Attempt[] {
  const { raw, fields, signature, keys } = it
  const entries = Object.entries(fields)
  const mapped = (change: (value: string) => string): Record<string, string> =>
    Object.fromEntries(entries.map(([name, value]) => [name, change(value)]))
  const full = entries.filter(([, value]) => value !== '')
  const as_received = entries.map(([name, value]) => `${name}=${value}`).join('&')
  const undecoded = raw
    .split('&')
    .filter((pair) => !pair.startsWith('signature='))
    .map((pair) => pair.split(/=(.*)/s, 2) as [string, string])
  return [
    [
      full.length + 1 < entries.length && verifies(it, Object.fromEntries(full)),
      'it verifies without the empty parameters: they were added on the way, or signed in a form UnionPay does not use',
    ],
    [
      as_received !== stringToSign(fields) && isSignedByOneOf(keys, as_received, signature),
      'it verifies in the order the parameters came: it was signed unsorted, in a form UnionPay does not use',
    ],
    [
      readTerminationNotice(raw, [publishedKey()]).kind === 'valid',
      "wrong key: it verifies with UnionPay's published key; the key files given here are others",
    ],
    [
      verifies(
        it,
        mapped((value) => value.trim()),
      ),
      'it verifies without blanks or line ends around the values',
    ],
    [
      verifies(it, Object.fromEntries(undecoded)),
      'it verifies over the still encoded values: it was signed in a form UnionPay does not use',
    ],
    [
      verifies(it, mapped(decode), decode(signature)),
      'it verifies after decoding once more: it was encoded twice',
    ],
  ]
}

/** What can be seen of the signature itself. */
function formOfSignature({ captured, signature }: Captured): Attempt[] {
  const bytes = Buffer.from(signature, 'base64').length
  return [
    [
      captured.includes('\r') || captured.includes('\n'),
      'the captured text contains line ends: copy the query or body as one line',
    ],
    [!/^[A-Za-z0-9+/]+=*$/.test(signature.replaceAll(' ', '+')), 'the signature is not Base64'],
    [bytes !== 256, `the signature has ${bytes} bytes; an RSA-2048 signature has 256`],
  ]
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

function remarkOn(name: string, value: string): string | null {
  if (name === 'signature') return null
  if (value === '') return 'empty: signed as `name=`'
  if (value === 'null') return 'the text null: that is how a null is signed'
  if (/^\s|\s$/.test(value)) return 'begins or ends with a blank'
  if (/%[0-9A-Fa-f]{2}/.test(value)) return 'still looks encoded'
  if (/^operat(e|ion)Time$/.test(name) && readBeijingTime(value) === null)
    return 'is not a time of either known form'
  if (name === 'openId' && value.includes(' '))
    return 'contains a blank: probably a `+` that was not percent-encoded'
  return null
}

/** Numbers that identify a person or a contract are shown shortened. */
function shorten(name: string, value: string): string {
  if (name !== 'signature' && name !== 'openId' && name !== 'contractId') return value
  return value.length <= 12
    ? value
    : `${value.slice(0, 6)}…${value.slice(-4)} (${value.length} characters)`
}

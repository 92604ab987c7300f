import type { Fields } from './message.ts'

/**
 * A message as it came. `fields` is its text; `raw` the same byte by byte (latin1), so that a
 * signature is checked over what was received and not over what decoding made of it; `signed` the
 * bytes of the string to sign.
 */
export type ReceivedMessage = {
  kind: 'read'
  fields: Fields
  raw: Fields
  signed: Buffer
  signature: string
}
export type ReadProblem =
  | 'too_large'
  | 'not_a_message'
  | 'repeated_field'
  | 'ambiguous_field'
  | 'broken_escape'
export type Reading = ReceivedMessage | { kind: 'unreadable'; why: ReadProblem; detail: string }

const most_bytes = 256 * 1024
type Pair = readonly [name: string, value: string]

/**
 * Splits a synchronous answer, which is not form-encoded (ACP §2.1): at `&` outside `{…}` and
 * `[…]`, then at the first `=`. `+` stays `+`. Where brackets do not close, they are taken for
 * ordinary text.
 */
export function splitAnswer(body: Buffer): Reading {
  if (body.length > most_bytes) return unreadable('too_large', `${body.length} bytes`)
  const text = body.toString('latin1')
  const parts = splitOutsideBrackets(text, isGbk(/(?:^|&)encoding=([^&]*)/.exec(text)?.[1]))
  const pairs = (parts ?? text.split('&')).filter((part) => part !== '').map(cutAtEquals)
  if (pairs.some(([name, value]) => value === null || !/^[A-Za-z][\w.-]*$/.test(name)))
    return unreadable('not_a_message', 'a part is not name=value')
  return collect(pairs as Pair[])
}

/**
 * Reads a notification (ACP §5): form-encoded, `+` is a blank. Only the POST body belongs in here,
 * never the query.
 */
export function readForm(body: Buffer): Reading {
  if (body.length > most_bytes) return unreadable('too_large', `${body.length} bytes`)
  const pairs: Pair[] = []
  for (const part of body
    .toString('latin1')
    .split('&')
    .filter((one) => one !== '')) {
    const [name, value] = cutAtEquals(part).map((one) => decodeBytes(one ?? ''))
    if (name === null || value === null)
      return unreadable('broken_escape', `${part.slice(0, 40)} holds a % that is no escape`)
    pairs.push([name ?? '', value ?? ''])
  }
  return collect(pairs)
}

/**
 * A message whose names and values are known already, byte by byte (latin1): one that was captured
 * as a map or as JSON.
 */
export function readPairs(pairs: readonly Pair[]): Reading {
  return collect(pairs)
}

function collect(pairs: readonly Pair[]): Reading {
  const raw = Object.create(null) as Record<string, string>
  for (const [name, value] of pairs) {
    if (name in raw) return unreadable('repeated_field', name) // which one was signed is unknowable
    raw[name] = value
  }
  if (pairs.length === 0) return unreadable('not_a_message', 'it is empty')
  const swallowed = pairs.find((pair) => holdsAnother(pair, isGbk(raw['encoding'])))
  if (swallowed) return unreadable('ambiguous_field', swallowed[0].slice(0, 40))
  const decode = decoderFor(raw['encoding'])
  const fields = Object.fromEntries(pairs.map(([name, value]) => [decode(name), decode(value)]))
  return { kind: 'read', fields, raw, signed: bytesToSign(raw), signature: raw['signature'] ?? '' }
}

/**
 * Whether one field holds what could be a second: `a` with the value `1&b=2` is signed by the same
 * string as `a` and `b`, so that anybody who has a true message could hide fields of it in others.
 * Inside brackets it is the value's own (ACP §2.1).
 */
function holdsAnother([name, value]: Pair, gbk: boolean): boolean {
  if (/[&=]/.test(name)) return true
  if (!value.includes('&')) return false
  const [, ...more] = splitOutsideBrackets(value, gbk) ?? value.split('&')
  return more.some((part) => /^[A-Za-z][\w.-]*=/.test(part))
}

/** The string to sign of fields whose characters are bytes; sorted by them (ACP §2.2). */
export function bytesToSign(raw: Fields): Buffer {
  const names = Object.keys(raw)
    .filter((name) => name !== 'signature')
    .toSorted((one, other) => (one < other ? -1 : 1))
  return Buffer.from(names.map((name) => `${name}=${raw[name]}`).join('&'), 'latin1')
}

/**
 * Null when the brackets are not balanced. The second byte of a GBK character may look like a
 * bracket and is passed over.
 */
function splitOutsideBrackets(text: string, gbk: boolean): string[] | null {
  const parts: string[] = []
  let [depth, from] = [0, 0]
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string
    if (gbk && character >= '\x81') at++
    else if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') depth--
    else if (character === '&' && depth === 0) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
    if (depth < 0) return null
  }
  return depth === 0 ? [...parts, text.slice(from)] : null
}

function cutAtEquals(part: string): [string, string | null] {
  const cut = part.indexOf('=')
  return cut < 0 ? [part, null] : [part.slice(0, cut), part.slice(cut + 1)]
}

/**
 * `%XX` as bytes. `unescape` does exactly that, and natively, once `%u` with four digits and loose
 * `%` are excluded.
 */
function decodeBytes(text: string): string | null {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  if (!spaced.includes('%')) return spaced
  return /%(?![0-9A-Fa-f]{2})/.test(spaced) ? null : unescape(spaced)
}

const isGbk = (encoding: string | undefined): boolean => /^gb/i.test(encoding ?? '')

/**
 * Text for reading. Bytes that are none in their charset become U+FFFD: the signature is checked
 * over the bytes.
 */
function decoderFor(encoding: string | undefined): (text: string) => string {
  const decoder = isGbk(encoding) ? gbk : utf8
  return (text) => (/[\x80-\xff]/.test(text) ? decoder.decode(Buffer.from(text, 'latin1')) : text)
}

const [gbk, utf8] = [
  new TextDecoder('gb18030', { ignoreBOM: true }),
  new TextDecoder('utf-8', { ignoreBOM: true }),
]

export const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')
const unreadable = (why: ReadProblem, detail: string): Reading => ({
  kind: 'unreadable',
  why,
  detail,
})

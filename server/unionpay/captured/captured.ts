/** One character for one byte (latin1), as everywhere in the gateway: a signature is over bytes. */
export type Bytes = string
export type Pair = readonly [name: Bytes, value: Bytes]

/**
 * A message as one reader found it in a captured text. `form` is said to the person. `query` is
 * form-encoded, `answer` is not (ACP §2.1), `pairs` are names and values that need no decoding any
 * more.
 */
export type Captured = { form: string; remarks?: readonly string[] } & (
  | { kind: 'query' | 'answer'; text: Bytes }
  | { kind: 'pairs'; pairs: readonly Pair[] }
)

/**
 * Finds messages of one form in a text. Never guesses: whether it read rightly, the signature says.
 */
export type Reader = (text: Bytes) => Captured[]

/** A field's name; UnionPay's begin with a small letter. */
export const name = String.raw`[a-z][A-Za-z0-9_]{1,39}`

/** Names by which a message of UnionPay is recognised among other text. */
const gatewayNames: ReadonlySet<string> = new Set(
  'version encoding signMethod signature signPubKeyCert certId txnType txnSubType txnTime txnAmt bizType merId orderId respCode respMsg queryId'.split(
    ' ',
  ),
)
const noticeNames: ReadonlySet<string> = new Set(
  'appId openId contractId contractCode planId nonceStr timestamp operateTime operationTime signature'.split(
    ' ',
  ),
)

/** Whether these are fields of a message: one name that we know may be chance, two are not. */
export function areFields(names: readonly string[]): boolean {
  const known = (set: ReadonlySet<string>): number => names.filter((one) => set.has(one)).length
  return known(gatewayNames) > 1 || known(noticeNames) > 1
}

/** UTF-8 of a text, one character a byte. */
export const bytesOf = (text: string): Bytes => Buffer.from(text, 'utf8').toString('latin1')

/** The text of bytes in UTF-8, or null when they are in another charset. */
export function textOf(bytes: Bytes): string | null {
  if (!/[\x80-\xff]/.test(bytes)) return bytes
  try {
    return strict_utf8.decode(Buffer.from(bytes, 'latin1'))
  } catch {
    return null
  }
}
const strict_utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Where the bracket that opens at `from` closes, or -1. */
export function closingOf(text: Bytes, from: number): number {
  const open = text[from] ?? ''
  const close = { '{': '}', '[': ']', '(': ')' }[open]
  for (let at = from, depth = 0; at < text.length; at++) {
    if (text[at] === open) depth++
    else if (text[at] === close && --depth === 0) return at
  }
  return -1
}

import { areFields, closingOf, name, type Bytes, type Captured } from './captured.ts'

/**
 * What a form-encoded text may be made of; an answer that is not encoded always holds other
 * letters.
 */
const form_letters = /[A-Za-z0-9\-_.*%+&=~!'()]+/y
const start = new RegExp(String.raw`(?<![\w.%&+=-])${name}=(?=[^&]{0,4096}&${name}=)`, 'g')

/**
 * A message as it was on the wire, behind and before other text: a log line, a request line, a curl
 * command.
 */
export function readInline(text: Bytes): Captured[] {
  const found: Captured[] = []
  start.lastIndex = 0
  for (let match = start.exec(text); match; match = start.exec(text)) {
    const [end, captured] = capturedAt(text, match.index)
    found.push(...captured.filter(hasFields))
    if (captured.some(hasFields)) start.lastIndex = Math.max(end, start.lastIndex)
  }
  return found
}

function capturedAt(text: Bytes, from: number): [end: number, Captured[]] {
  form_letters.lastIndex = from
  const encoded = form_letters.exec(text)?.[0].replace(/['()]+$/, '') ?? ''
  const after = text[from + encoded.length] ?? '\n'
  if (encoded.includes('%') && /[\s"'\])}<>;,\\]/.test(after))
    return [
      from + encoded.length,
      [{ form: 'notification inside other text', kind: 'query', text: encoded }],
    ]
  const ends = [...new Set([closedEnd(text, from), lineEnd(text, from), text.trimEnd().length])]
  return [
    ends.find((end) => end > from) ?? from,
    ends
      .filter((end) => end > from)
      .map((end) => ({
        form: 'answer inside other text',
        kind: 'answer',
        text: text.slice(from, end),
      })),
  ]
}

/** Where the bracket, quotation mark or element before the message closes; -1 without one. */
function closedEnd(text: Bytes, from: number): number {
  const before = text[from - 1] ?? ''
  const same = { '"': '"', "'": "'", '>': '<' }[before]
  if (same) return text.indexOf(same, from)
  return /[[{(]/.test(before) ? closingOf(text, from - 1) : -1
}

/** The end of the line, but that line ends inside a certificate are the message's own. */
function lineEnd(text: Bytes, from: number): number {
  const line = /^(?:-----BEGIN [A-Z ]+-----[^-]+-----END [A-Z ]+-----|[^\r\n])+/.exec(
    text.slice(from, from + 256 * 1024),
  )
  return from + (line?.[0].trimEnd().length ?? 0)
}

const hasFields = (captured: Captured): boolean =>
  captured.kind !== 'pairs' &&
  areFields(captured.text.split('&').map((part) => part.slice(0, part.indexOf('='))))

/**
 * UnionPay's own demos log the string that was signed and, on a line before it, the signature alone
 * in brackets (待验签返回报文串, 签名原文).
 */
export function readSignedText(text: Bytes): Captured[] {
  const signatures = [...text.matchAll(/\[([A-Za-z0-9+/]{86,}={0,2}|[0-9a-f]{64})\]/g)]
  if (signatures.length === 0) return []
  return [...text.matchAll(new RegExp(String.raw`\[(?=${name}=)`, 'g'))].flatMap(({ index }) => {
    const signed = text.slice(index + 1, closingOf(text, index))
    const [signature] = signatures.filter((one) => one.index < index).slice(-1)
    if (!signature || /(^|&)signature=/.test(signed)) return []
    return [
      {
        form: "signature and signed text of UnionPay's demo log",
        kind: 'answer' as const,
        text: `${signed}&signature=${signature[1]}`,
      },
    ].filter(hasFields)
  })
}

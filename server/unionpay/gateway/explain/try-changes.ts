import { latin1, type ReceivedMessage } from '../received.ts'
import type { Fields } from '../message.ts'
import { gbkOf } from './gbk.ts'

/**
 * A change to a message, and what it would mean if the message verifies with it. `signed` where
 * other bytes were signed.
 */
export type Change = { cause: string; raw: Fields; signed?: Buffer }

/**
 * The mistakes integrators make (ACP §11), each undone on its own: line ends of the certificate,
 * blanks for `+`, decoding too often or not at all, charset, empty fields, order, foreign
 * parameters. Most likely first.
 */
export function changesOf({ raw }: ReceivedMessage, body: Buffer): Change[] {
  const mended = [...certificateChanges(raw), ...bracketChanges(raw)]
  const others = (from: Fields): Change[] => [
    ...decodingChanges(from, body),
    ...fieldChanges(from),
    ...charsetChanges(from),
    ...orderChanges(from),
  ]
  // A damaged certificate or a split value hides every other mistake: the others are tried with it
  // mended too
  const both = mended.flatMap((first) =>
    others(first.raw).map((one) => ({ ...one, cause: `${first.cause}; and ${one.cause}` })),
  )
  return [...mended, ...others(raw), ...both]
}

const withField = (raw: Fields, name: string, value: string): Fields => ({ ...raw, [name]: value })

function certificateChanges(raw: Fields): Change[] {
  const pem = raw['signPubKeyCert']
  if (!pem) return []
  const changes: Change[] = []
  const offer = (value: string, cause: string): void =>
    void (value !== pem && changes.push({ cause, raw: withField(raw, 'signPubKeyCert', value) }))
  offer(
    pem.replace(/\r?\n/g, '\r\n').trimEnd(),
    'it verifies when the lines of `signPubKeyCert` end with CRLF: line ends were normalised (log, editor, text column); keep the raw body',
  )
  offer(
    pem.replace(/\\r\\n|\\n/g, '\r\n').trimEnd(),
    'it verifies when \\r\\n in `signPubKeyCert` are real line ends: the text was escaped and not unescaped',
  )
  const letters = /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/
    .exec(pem)?.[1]
    ?.replaceAll('\\r', '')
    .replaceAll('\\n', '')
    .replace(/\r|\n/g, '')
  if (letters) {
    for (const text of new Set([letters.replace(/ /g, ''), letters.trim().replaceAll(' ', '+')])) {
      const lines = text.match(/.{1,64}/g) ?? []
      offer(
        ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----'].join('\r\n'),
        'it verifies with `signPubKeyCert` laid out again (64 letters a line, CRLF): its line ends or `+` were lost',
      )
    }
  }
  return changes
}

function decodingChanges(raw: Fields, body: Buffer): Change[] {
  const changes: Change[] = []
  for (const [name, value] of Object.entries(raw)) {
    if (name === 'signPubKeyCert' || !value.includes(' ')) continue
    changes.push({
      cause: `it verifies when blanks in \`${name}\` are \`+\`: the message was decoded as a form although it is none, or the value was sent without URL-encoding`,
      raw: withField(raw, name, value.replaceAll(' ', '+')),
    })
  }
  const every = (change: (value: string) => string): Fields =>
    Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, change(value)]))
  const plus = Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [
      name,
      name === 'signPubKeyCert'
        ? pemWithPlus(value)
        : name === 'respMsg'
          ? value
          : value.replaceAll(' ', '+'),
    ]),
  )
  changes.push({
    cause:
      'it verifies when the blanks of all fields are `+`: a synchronous answer was decoded as a form, which it is not',
    raw: plus,
  })
  changes.push({
    cause: 'it verifies after URL-decoding once more: the values are still encoded',
    raw: every(unescaped),
  })
  changes.push({
    cause: 'it verifies without blanks or line ends around the values',
    raw: every((value) => value.trim()),
  })
  const asReceived = Buffer.from(
    body
      .toString('latin1')
      .split('&')
      .filter((part) => !part.startsWith('signature='))
      .toSorted()
      .join('&'),
    'latin1',
  )
  changes.push({
    cause:
      'it verifies over the still encoded values: it was signed in a form UnionPay does not use',
    raw,
    signed: asReceived,
  })
  return changes
}

const pemWithPlus = (pem: string): string =>
  pem.replace(
    /(-----BEGIN CERTIFICATE-----)([^-]*)(-----END)/,
    (_, head: string, letters: string, tail: string) => head + letters.replaceAll(' ', '+') + tail,
  )

function unescaped(value: string): string {
  return value
    .replaceAll('+', '%2B')
    .replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
}

function fieldChanges(raw: Fields): Change[] {
  const names = Object.keys(raw).filter((name) => name !== 'signature')
  const without = (left: readonly string[]): Fields =>
    Object.fromEntries(Object.entries(raw).filter(([name]) => !left.includes(name)))
  const empty = names.filter((name) => raw[name] === '')
  const changes: Change[] = []
  if (empty.length > 0)
    changes.push({
      cause: `it verifies without the empty fields (${empty.join(', ')}): they were added, or the signer leaves them out; empty fields are never sent`,
      raw: without(empty),
    })
  for (const name of names) {
    changes.push({
      cause: `it verifies without \`${name}\`: this parameter was added on the way (a query of your own backUrl, a proxy, a log)`,
      raw: without([name]),
    })
    if (raw[name] !== '')
      changes.push({
        cause: `it verifies when \`${name}\` is empty: its value was changed after signing`,
        raw: withField(raw, name, ''),
      })
  }
  for (const name of [
    'reqReserved',
    'reserved',
    'accNo',
    'tokenPayData',
    'customerInfo',
    'queryId',
    'respMsg',
  ].filter((one) => !names.includes(one))) {
    changes.push({
      cause: `it verifies with an empty \`${name}\`: an empty field was signed and then dropped`,
      raw: withField(raw, name, ''),
    })
  }
  return changes
}

function bracketChanges(raw: Fields): Change[] {
  const joined = joinBrackets(raw)
  return joined
    ? [
        {
          cause:
            'it verifies when the parts inside braces are put together again: the message was split at an `&` inside {…}',
          raw: joined,
        },
      ]
    : []
}

/**
 * A value that was cut at its inner `&` gets the following fields back until its brackets close.
 */
function joinBrackets(raw: Fields): Fields | null {
  const joined: Record<string, string> = {}
  let open: string | null = null
  for (const [name, value] of Object.entries(raw)) {
    if (open === null) joined[name] = value
    else joined[open] += `&${name}=${value}`
    const last: string = open ?? name
    open = count(joined[last] ?? '', '{[') > count(joined[last] ?? '', '}]') ? last : null
  }
  return Object.keys(joined).length < Object.keys(raw).length ? joined : null
}

const count = (text: string, letters: string): number =>
  text.split('').filter((one) => letters.includes(one)).length

function charsetChanges(raw: Fields): Change[] {
  const changes = ['UTF-8', 'utf-8', 'GBK', 'gbk']
    .filter((one) => raw['encoding'] !== undefined && one !== raw['encoding'])
    .map((one) => ({
      cause: `it verifies with encoding=${one}: the spelling of the charset was changed; the echoed spelling is what is signed`,
      raw: withField(raw, 'encoding', one),
    }))
  const change = (convert: (bytes: Buffer) => string | null): Fields | null => {
    const found = Object.entries(raw).map(
      ([name, value]) => [name, convert(Buffer.from(value, 'latin1'))] as const,
    )
    return found.every(([, value]) => value !== null) ? (Object.fromEntries(found) as Fields) : null
  }
  const gbk = change((bytes) => gbkOf(bytes.toString('utf8')))
  const utf8 = change((bytes) => latin1(new TextDecoder('gb18030').decode(bytes)))
  if (gbk)
    changes.push({
      cause:
        'it verifies over GBK bytes: it was signed in GBK and turned into UTF-8 before this was captured',
      raw: gbk,
    })
  if (utf8)
    changes.push({
      cause:
        'it verifies over UTF-8 bytes: it was signed in UTF-8 and turned into GBK before this was captured',
      raw: utf8,
    })
  return changes
}

function orderChanges(raw: Fields): Change[] {
  const join = (names: readonly string[]): Buffer =>
    Buffer.from(names.map((name) => `${name}=${raw[name]}`).join('&'), 'latin1')
  const names = Object.keys(raw).filter((name) => name !== 'signature')
  const lower = (name: string): string => name.toLowerCase()
  return [
    {
      cause:
        'it verifies over the fields in the order they came: the string to sign was not sorted',
      raw,
      signed: join(names),
    },
    {
      cause:
        'it verifies in an order that ignores case: names are sorted by their bytes, upper case first',
      raw,
      signed: join(names.toSorted((a, b) => (lower(a) < lower(b) ? -1 : 1))),
    },
  ]
}

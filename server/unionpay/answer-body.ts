import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'

/** What came in place of an answer of UnionPay's: a label of a metric, so a closed list. */
export type ForeignKind =
  | 'page'
  | 'redirect'
  | 'proxy_login'
  | 'packed'
  | 'empty'
  | 'plain_text'
  | 'json'
  | 'other'
/** `detail`: for an operator, what it is and who may have sent it. */
export type Foreign = { kind: ForeignKind; detail: string }

export type AnswerHead = {
  statusCode: number
  headers: Readonly<Record<string, string | string[] | undefined>>
}

/**
 * What every request to UnionPay says of itself; nobody on the way is to pack what is signed byte
 * by byte.
 */
export const plain_answers = { 'accept-encoding': 'identity' } as const

const headerOf = ({ headers }: AnswerHead, name: string): string =>
  ([headers[name]].flat()[0] ?? '').trim()

/**
 * The packings that the answer says it has, outermost last; gzip shows itself even where the header
 * is gone.
 */
export function packingsOf(head: AnswerHead, bytes: Buffer): string[] {
  const named = headerOf(head, 'content-encoding')
    .toLowerCase()
    .split(',')
    .map((one) => one.trim().replace(/^x-/, ''))
    .filter((one) => one !== '' && one !== 'identity')
  if (isGzip(bytes)) return named.length > 0 ? named : ['gzip']
  return named.filter((one) => one !== 'gzip') // who unpacked it on the way left the header
}

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

type Unpack = (bytes: Buffer, options: { maxOutputLength: number }) => Buffer
const unpackers: Readonly<Record<string, Unpack>> = {
  gzip: gunzipSync,
  // with the header of zlib as the standard says, or without as some do
  deflate: (bytes, options) =>
    (bytes[0] ?? 0) % 16 === 8 ? inflateSync(bytes, options) : inflateRawSync(bytes, options),
  br: brotliDecompressSync,
}
const most_packings = 2

/**
 * The body as UnionPay wrote it: unpacked, at most `most_bytes`, without a byte order mark. What
 * cannot be unpacked is named.
 */
export function unpackBody(
  head: AnswerHead,
  bytes: Buffer,
  most_bytes: number,
): { body: Buffer } | { foreign: Foreign } {
  let body = bytes
  const packings = packingsOf(head, bytes)
  const foreign = (why: string) => ({
    foreign: {
      kind: 'packed',
      detail: `it came packed (${packings.join(', ')}), which nobody asked for, and ${why}: a proxy or firewall on the way changed it`,
    } as const,
  })
  if (packings.length > most_packings) return foreign('more than twice')
  for (const packing of packings.toReversed()) {
    const unpack = unpackers[packing]
    if (!unpack) return foreign('not in a way that is read here')
    try {
      body = unpack(body, { maxOutputLength: most_bytes })
    } catch (error) {
      const too_large = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      return foreign(too_large ? `holds more than ${most_bytes} bytes` : 'cannot be unpacked')
    }
  }
  return { body: withoutMark(body) }
}

const mark = Buffer.from('efbbbf', 'hex')
const withoutMark = (bytes: Buffer): Buffer =>
  bytes.subarray(0, 3).equals(mark) ? bytes.subarray(3) : bytes

/**
 * The beginning of a message without a byte order mark and line ends before it: its first byte is a
 * letter of a name.
 */
export function withoutStart(bytes: Buffer): Buffer {
  const plain = withoutMark(bytes)
  let from = 0
  while (from < plain.length && isSpace(plain[from])) from++
  return plain.subarray(from)
}

/** The same without line ends and blanks around it. */
export function withoutEnds(bytes: Buffer): Buffer {
  let [from, to] = [0, bytes.length]
  while (from < to && isSpace(bytes[from])) from++
  while (to > from && isSpace(bytes[to - 1])) to--
  return bytes.subarray(from, to)
}
const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x00

/** What an answer is that is no message of UnionPay's, in words an operator understands. */
export function nameForeign(head: AnswerHead, body: Buffer): Foreign {
  const status = `HTTP ${head.statusCode}`
  const text = readText(body.subarray(0, 8_192)).trim()
  const named = (kind: ForeignKind, what: string): Foreign => ({
    kind,
    detail: `${status}: ${what}`,
  })
  if (head.statusCode === 407)
    return named(
      'proxy_login',
      'a proxy on the way asks who we are; it has to let this server through',
    )
  if (head.statusCode >= 300 && head.statusCode < 400)
    return named(
      'redirect',
      `a redirect to ${hostOf(headerOf(head, 'location'))}, which is not followed: a captive portal, a firewall or a wrong address`,
    )
  if (text === '') return named('empty', 'an empty body')
  if (/^\s*<(!doctype|html|head|body|\?xml|script|!--)/i.test(text))
    return named(
      'page',
      `a web page${titleOf(text)}: a maintenance page, or something on the way that answered in UnionPay's place`,
    )
  if (/^Invalid request URI\.?$/i.test(text))
    return named('plain_text', 'UnionPay says “Invalid request URI.”: the address is wrong')
  if (/^Invalid request\.?$/i.test(text))
    return named('plain_text', 'UnionPay says “Invalid request.”: the form of the message is wrong')
  if (/^[{[]/.test(text)) return named('json', 'JSON that is no answer of UnionPay’s')
  return named('other', `${body.length} bytes that are no message of UnionPay’s`)
}

/** Pages come in UTF-8 or GBK, whatever their header says. */
function readText(bytes: Buffer): string {
  const text = new TextDecoder('utf-8').decode(bytes)
  return /\ufffd(?!$)/.test(text) ? new TextDecoder('gb18030').decode(bytes) : text
}

function titleOf(text: string): string {
  const title = (/<title[^>]*>([^<]*)/i.exec(text)?.[1] ?? '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 60)
  return title === '' ? '' : ` titled “${title}”`
}

const hostOf = (location: string): string =>
  URL.canParse(location) ? new URL(location).host : 'another path'

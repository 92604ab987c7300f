import iconv from 'iconv-lite'

/** A gateway message: names in UnionPay's spelling, values as text. */
export type Message = Readonly<Record<string, string>>

/**
 * Reads a form-encoded body. Null when it cannot be read: a broken percent escape, a repeated name.
 * `+` is a blank, so a Base64 signature that was not URL-encoded does not verify later (acp-gateway
 * §11).
 */
export function readForm(body: string): Message | null {
  const message: Record<string, string> = Object.create(null) as Record<string, string>
  for (const pair of body.split('&')) {
    if (pair === '') continue
    const cut = pair.indexOf('=')
    try {
      const name = decode(cut < 0 ? pair : pair.slice(0, cut))
      if (name in message) return null
      message[name] = cut < 0 ? '' : decode(pair.slice(cut + 1))
    } catch {
      return null
    }
  }
  return { ...message }
}

const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '))

/**
 * The string to sign: without `signature`, names in byte order, values unencoded (acp-gateway
 * §2.2).
 */
export function textToSign(message: Message): string {
  const names = Object.keys(message).filter((name) => name !== 'signature')
  names.sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
  return names.map((name) => `${name}=${message[name]}`).join('&')
}

/**
 * The body of a synchronous answer: `k=v&k=v`, nothing encoded, the certificate with its CRLF
 * (acp-gateway §2.1).
 */
export const writeAnswer = (message: Message): string =>
  Object.entries(message)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')

/** The bytes of a text in a message's `encoding`. */
export const bytesOf = (text: string, encoding = 'UTF-8'): Buffer =>
  iconv.encode(text, /^gbk$/i.test(encoding) ? 'gbk' : 'utf8')

/**
 * The body of a notification: an ordinary form, percent-encoded from the bytes of the message's
 * encoding.
 */
export function writeForm(message: Message): string {
  if (!/^gbk$/i.test(message.encoding ?? '')) return new URLSearchParams({ ...message }).toString()
  const percent = (text: string): string =>
    [...bytesOf(text, 'GBK')]
      .map((byte) => {
        const letter = String.fromCharCode(byte)
        return /[0-9A-Za-z*._-]/.test(letter)
          ? letter
          : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
      })
      .join('')
  return Object.entries(message)
    .map(([name, value]) => `${percent(name)}=${percent(value)}`)
    .join('&')
}

/** The same form with letters beyond ASCII as raw bytes of the message's encoding. */
export function writeRawForm(message: Message): Buffer {
  const bytes = (text: string): Buffer =>
    Buffer.concat(
      Array.from(text, (letter) =>
        (letter.codePointAt(0) ?? 0) > 0x7f
          ? bytesOf(letter, message.encoding)
          : Buffer.from(encodeURIComponent(letter)),
      ),
    )
  return Buffer.concat(
    Object.entries(message).flatMap(([name, value], place) => [
      Buffer.from(place === 0 ? '' : '&'),
      bytes(name),
      Buffer.from('='),
      bytes(value),
    ]),
  )
}

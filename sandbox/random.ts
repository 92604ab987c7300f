import { randomBytes, randomInt } from 'node:crypto'

/** `bytes` random bytes in Base64, the form of UnionPay's codes, tokens and openIds. */
export const randomBase64 = (bytes: number): string => randomBytes(bytes).toString('base64')

/**
 * An authorization code: 16 bytes in Base64, 24 characters ending with `==` (open platform §3.3).
 * Drawn a second time when it holds neither `+` nor `/`, so that most codes expose a client that
 * decodes them twice or not at all.
 */
export function randomCode(): string {
  const first = randomBase64(16)
  return /[+/]/.test(first) ? first : randomBase64(16)
}

export const randomDigits = (count: number): string =>
  Array.from({ length: count }, () => String(randomInt(10))).join('')

export const randomHex = (bytes: number): string => randomBytes(bytes).toString('hex')

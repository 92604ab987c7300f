import { createHash, timingSafeEqual } from 'node:crypto'

export type Algorithm = 'sha1' | 'sha256' | 'sm3'

/**
 * What was signed: its bytes, or where they are too many to be held, a way to their digest with
 * `tail` appended.
 */
export type Signed = Buffer | ((algorithm: Algorithm, tail: string) => string)

/** Lower-case hexadecimal digest of bytes. */
export const hexDigest = (algorithm: Algorithm, bytes: Buffer | string): string =>
  createHash(algorithm).update(bytes).digest('hex')

/** The same of what was signed. */
export const digestOf = (signed: Signed, algorithm: Algorithm, tail = ''): string =>
  typeof signed === 'function'
    ? signed(algorithm, tail)
    : createHash(algorithm).update(signed).update(tail).digest('hex')

/**
 * signMethod 11 and 12: hash(string + "&" + hash(secureKey)), SHA-256 or SM3 (ACP §2.3).
 * `key_digest` is the inner one.
 */
export function sharedSignature(method: '11' | '12', signed: Signed, key_digest: string): string {
  return digestOf(signed, method === '11' ? 'sha256' : 'sm3', `&${key_digest}`)
}

export const secureKeyDigest = (method: '11' | '12', secure_key: string): string =>
  hexDigest(method === '11' ? 'sha256' : 'sm3', secure_key)

/** Compares texts in a time that does not tell where they differ. */
export function isSameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Base64 whose padding may be missing (ACP §2.1); null for anything that is not Base64. */
export function readBase64(text: string): Buffer | null {
  const letters = text.replace(/=+$/, '')
  if (letters === '' || !/^[A-Za-z0-9+/]+$/.test(letters) || letters.length % 4 === 1) return null
  return Buffer.from(letters, 'base64')
}

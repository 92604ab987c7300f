import { createHash, timingSafeEqual } from 'node:crypto'

/** Lower-case hexadecimal digest of bytes. */
export const hexDigest = (algorithm: 'sha1' | 'sha256' | 'sm3', bytes: Buffer | string): string => createHash(algorithm).update(bytes).digest('hex')

/** signMethod 11 and 12: hash(string + "&" + hash(secureKey)), SHA-256 or SM3 (ACP §2.3). `key_digest` is the inner one. */
export function sharedSignature(method: '11' | '12', bytes: Buffer, key_digest: string): string {
  return hexDigest(method === '11' ? 'sha256' : 'sm3', Buffer.concat([bytes, Buffer.from(`&${key_digest}`)]))
}

export const secureKeyDigest = (method: '11' | '12', secure_key: string): string => hexDigest(method === '11' ? 'sha256' : 'sm3', secure_key)

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

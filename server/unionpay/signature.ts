import { constants, createHash, publicDecrypt, verify, type KeyObject } from 'node:crypto'

/**
 * `name=value` of every member in ASCII order of the names, joined by `&`, values raw (open
 * platform §2.2).
 */
export function stringToSign(members: Record<string, string>): string {
  return Object.keys(members)
    .toSorted(byAscii)
    .map((name) => `${name}=${members[name]}`)
    .join('&')
}

const byAscii = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Lower-case hexadecimal SHA-256 of the UTF-8 string: the signature of token and config requests.
 */
export const sha256Hex = (text: string): string =>
  createHash('sha256').update(text, 'utf8').digest('hex')

/**
 * Signature of backendToken and frontToken requests: the secret is a member, never a field that is
 * sent (§2.2).
 */
export function tokenSignature(members: {
  appId: string
  nonceStr: string
  secret: string
  timestamp: string
}): string {
  return sha256Hex(stringToSign(members))
}

/**
 * Signature for upsdk.config (§4). `secret` enters only when the setting says so: sources disagree
 * 3 : 1 for leaving it out. `url` is the page's address without `#` and what follows.
 */
export function configSignature(members: {
  appId: string
  frontToken: string
  nonceStr: string
  timestamp: string
  url: string
  secret?: string
}): string {
  return sha256Hex(stringToSign(members))
}

/**
 * Whether `signature` (Base64) is SHA256withRSA over the string by one of the keys; anything but a
 * clear yes is no.
 */
export function isSignedByOneOf(
  keys: readonly KeyObject[],
  text: string,
  signature: string,
): boolean {
  const bytes = Buffer.from(signature, 'base64')
  if (bytes.length === 0) return false
  return keys.some((key) => verify('sha256', Buffer.from(text, 'utf8'), key, bytes))
}

/**
 * The SHA-256 digests (hexadecimal) that a signature holds for these keys. A text with another
 * digest is not what was signed; one with such a digest is still to be verified: this says what is
 * worth trying, not what is right.
 */
export function digestsIn(keys: readonly KeyObject[], signature: string): string[] {
  const bytes = Buffer.from(signature, 'base64')
  return keys.flatMap((key) => {
    try {
      const padding = constants.RSA_PKCS1_PADDING
      return [publicDecrypt({ key, padding }, bytes).subarray(-32).toString('hex')]
    } catch {
      return [] // another key made it, or it is no signature
    }
  })
}

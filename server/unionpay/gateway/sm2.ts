import type { KeyObject } from 'node:crypto'
import { sm2 } from 'sm-crypto'
import { identifierOf, memberOf, membersOf, octetsOf, readDer } from './der.ts'

/**
 * SM2 with SM3 and the standard user id 1234567812345678. Node signs SM2 with an empty user id,
 * which other verifiers refuse; so only parsing keys is left to it.
 */
export type Sm2Key = { private_hex: string; public_hex: string }
export type Sm2Form = 'der' | 'raw'

const curve = '1.2.156.10197.1.301'

/**
 * The point of an SM2 public key as hexadecimal digits, or null when the key is of another kind.
 */
export function sm2PublicHex(key: KeyObject): string | null {
  // Node has no name for the kind of key that an SM2 certificate holds
  if (key.asymmetricKeyType !== 'ec' && key.asymmetricKeyType !== undefined) return null
  const spki = readDer(key.export({ type: 'spki', format: 'der' }))
  if (identifierOf(memberOf(memberOf(spki, 0), 1)) !== curve) return null
  return memberOf(spki, 1).content.subarray(1).toString('hex')
}

/** Throws a sentence when the private key is not of SM2. */
export function sm2KeyOf(key: KeyObject, public_key: KeyObject): Sm2Key {
  const public_hex = sm2PublicHex(public_key)
  if (public_hex === null)
    throw new Error('signMethod 21 needs an SM2 key; this one is of another kind')
  const inner = readDer(
    octetsOf(memberOf(readDer(key.export({ type: 'pkcs8', format: 'der' })), 2)),
  )
  return { private_hex: octetsOf(memberOf(inner, 1)).toString('hex'), public_hex }
}

/** Base64 of the signature. Java's SM3withSM2 writes DER; `raw` is r and s, 32 bytes each. */
export function signSm2(bytes: Buffer, key: Sm2Key, form: Sm2Form = 'der'): string {
  const hex = sm2.doSignature([...bytes], key.private_hex, {
    hash: true,
    der: form === 'der',
    publicKey: key.public_hex,
  })
  return Buffer.from(hex, 'hex').toString('base64')
}

/** Accepts both forms: which of them the gateway writes is not known (ACP §2.3). */
export function isSm2Signed(bytes: Buffer, signature: Buffer, public_hex: string): boolean {
  const form = signature.length === 64 ? 'raw' : 'der'
  if (form === 'der' && !isPairOfNumbers(signature)) return false
  try {
    return sm2.doVerifySignature([...bytes], signature.toString('hex'), public_hex, {
      hash: true,
      der: form === 'der',
    })
  } catch {
    return false
  }
}

function isPairOfNumbers(bytes: Buffer): boolean {
  try {
    const value = readDer(bytes)
    return value.end === bytes.length && membersOf(value).length === 2
  } catch {
    return false
  }
}

import { createDecipheriv, pbkdf2Sync } from 'node:crypto'
import { identifierOf, memberOf, membersOf, numberOf, octetsOf, type Der } from '../der.ts'
import { bmpPassword, deriveKey, purposes, type Password } from './derive-key.ts'
import { decryptRc2 } from './rc2.ts'

/** Files ask for some thousand rounds; more than this is a trap. */
const mostRounds = 10_000_000

/**
 * Decrypts what a PKCS#12 file encrypted under the password. Throws a sentence for a cipher it does
 * not know.
 */
export function decrypt(algorithm: Der, encrypted: Buffer, password: Password): Buffer {
  const [name, parameters] = membersOf(algorithm)
  const id = name ? identifierOf(name) : ''
  if (!parameters) throw new Error(`its cipher ${id} has no parameters`)
  if (id === '1.2.840.113549.1.5.13') return decryptPbes2(parameters, encrypted, password)
  const old = oldCiphers[id]
  if (!old) throw new Error(`it is encrypted with ${id}, which is not supported`)
  const [salt, rounds] = [octetsOf(memberOf(parameters, 0)), roundsOf(memberOf(parameters, 1))]
  const derive = (purpose: 1 | 2, size: number): Buffer =>
    deriveKey('sha1', bmpPassword(password), salt, rounds, purpose, size)
  const [key, iv] = [derive(purposes.key, old.key_bytes), derive(purposes.iv, 8)]
  if (old.rc2_bits !== null) return decryptRc2(key, old.rc2_bits, iv, encrypted)
  // 3DES with two keys is 3DES whose third key is the first
  return decipher(
    'des-ede3-cbc',
    old.key_bytes === 16 ? Buffer.concat([key, key.subarray(0, 8)]) : key,
    iv,
    encrypted,
  )
}

/** The ciphers of RFC 7292, appendix C. */
const oldCiphers: Record<string, { key_bytes: number; rc2_bits: number | null }> = {
  '1.2.840.113549.1.12.1.3': { key_bytes: 24, rc2_bits: null },
  '1.2.840.113549.1.12.1.4': { key_bytes: 16, rc2_bits: null },
  '1.2.840.113549.1.12.1.5': { key_bytes: 16, rc2_bits: 128 },
  '1.2.840.113549.1.12.1.6': { key_bytes: 5, rc2_bits: 40 },
}

/** PBES2 of RFC 8018: the ciphers and hashes met in .pfx files. */
const newCiphers: Record<string, { name: string; key_bytes: number }> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', key_bytes: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', key_bytes: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', key_bytes: 32 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', key_bytes: 24 },
  '1.2.156.10197.1.104.2': { name: 'sm4-cbc', key_bytes: 16 },
}
const hashes: Record<string, string> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
  '1.2.156.10197.1.401.2': 'sm3',
}

function decryptPbes2(parameters: Der, encrypted: Buffer, password: Password): Buffer {
  const [derivation, cipher] = [memberOf(parameters, 0), memberOf(parameters, 1)]
  const [cipher_id, derivation_id] = [
    identifierOf(memberOf(cipher, 0)),
    identifierOf(memberOf(derivation, 0)),
  ]
  const known = newCiphers[cipher_id]
  if (!known) throw new Error(`it is encrypted with ${cipher_id}, which is not supported`)
  if (derivation_id !== '1.2.840.113549.1.5.12')
    throw new Error(`its key is derived with ${derivation_id}, which is not supported`)
  const [salt, rounds, ...rest] = membersOf(memberOf(derivation, 1))
  const hash_id = rest.find((one) => one.tag === 0x30)
  const hash = hash_id ? hashes[identifierOf(memberOf(hash_id, 0))] : 'sha1'
  if (!salt || !rounds || !hash) throw new Error('its key derivation is not supported')
  const key = pbkdf2Sync(
    Buffer.from(password ?? '', 'utf8'),
    octetsOf(salt),
    roundsOf(rounds),
    known.key_bytes,
    hash,
  )
  return decipher(known.name, key, octetsOf(memberOf(cipher, 1)), encrypted)
}

export function roundsOf(value: Der): number {
  const rounds = numberOf(value)
  if (rounds < 1 || rounds > mostRounds) throw new Error(`it asks for ${rounds} rounds`)
  return rounds
}

function decipher(name: string, key: Buffer, iv: Buffer, encrypted: Buffer): Buffer {
  const cipher = createDecipheriv(name, key, iv)
  return Buffer.concat([cipher.update(encrypted), cipher.final()])
}

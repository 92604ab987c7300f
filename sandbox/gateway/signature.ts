import { createHash, sign, verify, type KeyObject } from 'node:crypto'
import { textToSign, type Message } from './message.ts'

export const signMethods = ['01', '11', '12'] as const // 21 (SM2) is not imitated
export type SignMethod = (typeof signMethods)[number]

const hex = (algorithm: string, text: string): string => createHash(algorithm).update(text, 'utf8').digest('hex')

/** 01: RSA over the lower-case hex of the hash, hashed again: SHA-256 in 5.1.0, SHA-1 in 5.0.0 (acp-gateway §2.3). */
const digestOf = (message: Message): { algorithm: string; digest: Buffer } => {
  const algorithm = message.version === '5.0.0' ? 'sha1' : 'sha256'
  return { algorithm, digest: Buffer.from(hex(algorithm, textToSign(message)), 'ascii') }
}

export function signRsa(message: Message, key: KeyObject): string {
  const { algorithm, digest } = digestOf(message)
  return sign(algorithm, digest, key).toString('base64')
}

export function isSignedBy(message: Message, key: KeyObject): boolean {
  const { algorithm, digest } = digestOf(message)
  return verify(algorithm, digest, key, Buffer.from(message.signature ?? '', 'base64'))
}

/** 11 and 12: hash(text + "&" + hash(key)), SHA-256 or SM3, lower-case hex (acp-gateway §2.3). */
export function signShared(message: Message, secure_key: string, method: '11' | '12'): string {
  const algorithm = method === '11' ? 'sha256' : 'sm3'
  return hex(algorithm, `${textToSign(message)}&${hex(algorithm, secure_key)}`)
}

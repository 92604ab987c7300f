import { createHash, sign, verify, type KeyObject } from 'node:crypto'
import { isSm2Signed, signSm2 } from '../pki/sm2.ts'
import { bytesOf, textToSign, type Message } from './message.ts'

const hex = (algorithm: string, content: string | Buffer): string =>
  createHash(algorithm).update(content).digest('hex')
/** A message of encoding GBK is signed over its GBK bytes (acp-gateway §2.2). */
const contentOf = (message: Message): Buffer => bytesOf(textToSign(message), message.encoding)

/**
 * 01: RSA over the lower-case hex of the hash, hashed again: SHA-256 in 5.1.0, SHA-1 in 5.0.0
 * (acp-gateway §2.3).
 */
const digestOf = (message: Message): { algorithm: string; digest: Buffer } => {
  const algorithm = message.version === '5.0.0' ? 'sha1' : 'sha256'
  return { algorithm, digest: Buffer.from(hex(algorithm, contentOf(message)), 'ascii') }
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
  return hex(
    algorithm,
    Buffer.concat([contentOf(message), Buffer.from(`&${hex(algorithm, secure_key)}`)]),
  )
}

/** 21: SM3 of the string, lower-case hex, and over that text SM3 with SM2 (acp-gateway §2.3). */
export const signWithSm2 = (message: Message, key: KeyObject, public_key: KeyObject): string =>
  signSm2(Buffer.from(hex('sm3', contentOf(message))), key, public_key).toString('base64')

export const isSm2SignedBy = (message: Message, public_key: KeyObject): boolean =>
  isSm2Signed(
    Buffer.from(hex('sm3', contentOf(message))),
    Buffer.from(message.signature ?? '', 'base64'),
    public_key,
  )

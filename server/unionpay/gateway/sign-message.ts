import { sign, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { hexDigest, sharedSignature } from './digests.ts'
import { stringToSign, type Fields } from './message.ts'
import { signSm2, type Sm2Form, type Sm2Key } from './sm2.ts'

export type SignMethod = '01' | '11' | '12' | '21'

/**
 * What a merchant signs with, made once. `cert_id`: decimal serial number, as text. `key_digest`:
 * see secureKeyDigest.
 */
export type SigningKey =
  | { method: '01'; cert_id: string; key: KeyObject }
  | { method: '11' | '12'; key_digest: string }
  | { method: '21'; cert_id: string; key: Sm2Key; form: Sm2Form }

const signAsync = promisify(sign)

/**
 * Adds signMethod, certId (01 and 21 only) and signature (ACP §2.2–2.4). Nothing is left to be
 * added afterwards.
 */
export async function signMessage(fields: Fields, signing: SigningKey): Promise<Fields> {
  const { signature: _old, certId: _other, ...rest } = fields
  const message = {
    ...rest,
    signMethod: signing.method,
    ...('cert_id' in signing ? { certId: signing.cert_id } : {}),
  }
  return {
    ...message,
    signature: await signatureOf(Buffer.from(stringToSign(message), 'utf8'), signing),
  }
}

/**
 * 01 hashes twice: RSA with SHA-256 over the 64 characters of the string's own SHA-256 (ACP §2.3).
 * 21 the same with SM3.
 */
async function signatureOf(bytes: Buffer, signing: SigningKey): Promise<string> {
  if (signing.method === '01')
    return (
      await signAsync('sha256', Buffer.from(hexDigest('sha256', bytes)), signing.key)
    ).toString('base64')
  if (signing.method === '21')
    return signSm2(Buffer.from(hexDigest('sm3', bytes)), signing.key, signing.form)
  return sharedSignature(signing.method, bytes, signing.key_digest)
}

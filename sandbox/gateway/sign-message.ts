import type { Pki, SignerKind } from '../pki/pki.ts'
import type { Message } from './message.ts'
import { signRsa, signShared, signWithSm2 } from './signature.ts'

export type GatewayVersion = '5.1.0' | '5.0.0'
export type SigningChoice = { version: GatewayVersion; signer: SignerKind }

/**
 * Signs an outgoing message by its signMethod. 01 in 5.1.0 carries the certificate, in 5.0.0 only
 * its number; 11 and 12 carry neither; 21 exists in 5.1.0 only (acp-gateway §2.3, §2.4). Untrusted
 * signers always use 01.
 */
export function signMessage(
  pki: Pki,
  fields: Message,
  { version, signer }: SigningChoice,
): Message {
  if (fields.signMethod === '11' || fields.signMethod === '12') {
    const message = { ...fields, version: '5.1.0' }
    return { ...message, signature: signShared(message, pki.secure_key, fields.signMethod) }
  }
  if (fields.signMethod === '21' && signer === 'unionpay') {
    const message = { ...fields, version: '5.1.0', signPubKeyCert: pki.sm2.signer.pem }
    return {
      ...message,
      signature: signWithSm2(message, pki.sm2.signer.key, pki.sm2.signer.public_key),
    }
  }
  const { key, pem, cert_id } = pki.signer(signer)
  const message = {
    ...fields,
    version,
    signMethod: '01',
    ...(version === '5.1.0' ? { signPubKeyCert: pem } : { certId: cert_id }),
  }
  return { ...message, signature: signRsa(message, key) }
}

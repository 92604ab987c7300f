import type { Pki, SignerKind } from '../pki/pki.ts'
import type { Message } from './message.ts'
import { signRsa, signShared } from './signature.ts'

export type GatewayVersion = '5.1.0' | '5.0.0'
export type Seal = { version: GatewayVersion; signer: SignerKind }

/**
 * Signs an outgoing message by its signMethod. 01 in 5.1.0 carries the certificate, in 5.0.0 only its number; 11 and 12 carry
 * neither (acp-gateway §2.3, §2.4).
 */
export function seal(pki: Pki, fields: Message, { version, signer }: Seal): Message {
  if (fields.signMethod === '11' || fields.signMethod === '12') {
    const message = { ...fields, version: '5.1.0' }
    return { ...message, signature: signShared(message, pki.secure_key, fields.signMethod) }
  }
  const { key, pem, cert_id } = pki.signer(signer)
  const message = { ...fields, version, signMethod: '01', ...(version === '5.1.0' ? { signPubKeyCert: pem } : { certId: cert_id }) }
  return { ...message, signature: signRsa(message, key) }
}

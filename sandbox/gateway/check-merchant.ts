import type { Pki } from '../pki/pki.ts'
import type { Message } from './message.ts'
import { result, type Result } from './result.ts'
import { isSignedBy, isSm2SignedBy, signShared } from './signature.ts'

/** Checks that the merchant is registered and signed the request (acp-gateway §2.3, §2.4). */
export function refuseMerchant(pki: Pki, message: Message): Result | null {
  const merchant = pki.merchant(message.merId ?? '')
  if (!merchant) return result('31', `merId ${message.merId} 未入网`, 'right')
  const { signMethod } = message
  if (signMethod === '11' || signMethod === '12') {
    return message.signature === signShared(message, pki.secure_key, signMethod)
      ? null
      : result('11', 'signature 不正确', 'signature')
  }
  const sm2 = signMethod === '21' ? pki.sm2.merchant(merchant.merchant) : null
  if (message.certId !== (sm2 ?? merchant).cert_id)
    return result('11', `certId 不是商户 ${merchant.merchant} 的证书序列号（十进制）`, 'signature')
  const signed = sm2
    ? isSm2SignedBy(message, sm2.public_key)
    : isSignedBy(message, merchant.certificate.publicKey)
  return signed ? null : result('11', 'signature 不正确', 'signature')
}

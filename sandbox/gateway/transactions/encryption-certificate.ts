import { fields } from '../fields.ts'
import { result } from '../result.ts'
import type { Question } from '../transaction.ts'

/** 加密公钥更新 95/00 (acp-gateway §7.3). */
export const encryptionCertificate: Question = {
  name: 'certificate',
  fields: [fields.channelType, fields.orderId, fields.certType],
  answer: (parts) => ({
    ...result('00'),
    fields: { certType: '01', encryptPubKeyCert: parts.pki.encryption_pem },
  }),
}

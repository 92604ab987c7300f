import { readCertificate, type Certificate } from '../gateway/certificate.ts'
import { open, type GatewayOperation, type Open } from '../gateway/operation.ts'

export type EncryptionCertificate =
  | { kind: 'done'; pem: string; certificate: Certificate }
  | { kind: 'failed'; code: string; message: string }
  | Open

/**
 * 加密公钥更新 95/00: UnionPay's certificate for sensitive fields; asked daily, the old one holds
 * for a month more (ACP §7.3).
 */
export const encryptionCertificate: GatewayOperation<
  { merchant: string; order_id: string; txn_time: string },
  EncryptionCertificate
> = {
  path: () => '/gateway/api/backTransReq.do',
  fields: ({ merchant, order_id, txn_time }) => ({
    kind: 'rendered',
    fields: {
      txnType: '95',
      txnSubType: '00',
      bizType: '000000',
      channelType: '07',
      certType: '01',
      merId: merchant,
      orderId: order_id,
      txnTime: txn_time,
    },
  }),
  read(answer) {
    const [code, message, pem] = [
      answer.respCode ?? '',
      answer.respMsg ?? '',
      answer.encryptPubKeyCert ?? '',
    ]
    if (code !== '00') return { kind: 'failed', code, message }
    try {
      return { kind: 'done', pem, certificate: readCertificate(pem) }
    } catch {
      return open('broken_answer', code, 'encryptPubKeyCert is no certificate')
    }
  },
}

import { createHash, sign, type KeyObject } from 'node:crypto'
import { makeCertificate, newKey, type Issuer, type Signed } from '../../sandbox/pki/certificate.ts'
import { certificateOf, type Certificate } from '../../server/unionpay/gateway/certificate.ts'
import { createTrust, type OwnerRule, type Trust } from '../../server/unionpay/gateway/trust.ts'

export const company = '中国银联股份有限公司'
export const now = new Date('2026-11-22T04:00:00Z')
const years = (count: number): Date => new Date(now.getTime() + count * 365 * 86_400_000)

/**
 * An authority like UnionPay's, for one test file: root, middle, and leaves with chosen properties.
 */
export function makeAuthority() {
  const [root_key, leaf_key, foreign_key] = [newKey(), newKey(), newKey()]
  const dates = { from: years(-2), to: years(10) }
  const root = makeCertificate({
    cn: 'TEST CS CA',
    issuer: null,
    key: root_key,
    may_issue: true,
    ...dates,
  })
  const middle = makeCertificate({ cn: 'TEST OCA1', issuer: root, may_issue: true, ...dates })
  const foreign_root = makeCertificate({
    cn: 'TEST CS CA',
    issuer: null,
    key: foreign_key,
    may_issue: true,
    ...dates,
  })
  const leaf = (
    change: { cn?: string; issuer?: Issuer; from?: Date; to?: Date; key?: KeyObject } = {},
  ): Signed =>
    makeCertificate({
      cn: `041@8310000000083040@${company}@00000001`,
      issuer: middle,
      key: leaf_key,
      may_issue: false,
      from: years(-1),
      to: years(4),
      ...change,
    })
  const [roots, middles] = [[certificateOf(root.certificate)], [certificateOf(middle.certificate)]]
  const trust = (
    rule: OwnerRule = 'strict',
    clock = { now: () => now },
    verifying: Certificate[] = [],
  ): Trust => createTrust({ roots, middles, verifying, owner_rule: rule, clock })
  return { root, middle, foreign_root, leaf, roots, middles, trust, years, leaf_key, foreign_key }
}

const hex = (algorithm: string, text: string): string =>
  createHash(algorithm).update(text).digest('hex')

/** Signs as UnionPay does, implemented from ACP §2.2 and §2.3 and not with the code under test. */
export function signAsUnionPay(
  fields: Record<string, string>,
  signer: { key: KeyObject; pem: string },
  version = '5.1.0',
): Record<string, string> {
  const message: Record<string, string> = {
    version,
    signMethod: '01',
    ...(version === '5.0.0' ? {} : { signPubKeyCert: signer.pem }),
    ...fields,
  }
  const text = Object.keys(message)
    .filter((name) => name !== 'signature')
    .toSorted()
    .map((name) => `${name}=${message[name]}`)
    .join('&')
  const algorithm = version === '5.0.0' ? 'sha1' : 'sha256'
  return {
    ...message,
    signature: sign(algorithm, Buffer.from(hex(algorithm, text)), signer.key).toString('base64'),
  }
}

export const asAnswer = (fields: Record<string, string>): Buffer =>
  Buffer.from(
    Object.entries(fields)
      .map(([name, value]) => `${name}=${value}`)
      .join('&'),
  )
export const asForm = (fields: Record<string, string>): Buffer =>
  Buffer.from(new URLSearchParams(fields).toString())

/** UnionPay's fields of a paid charge. */
export const paid = {
  encoding: 'UTF-8',
  txnType: '01',
  txnSubType: '01',
  bizType: '000902',
  accessType: '0',
  merId: '898310148160568',
  orderId: 'T0000000001',
  txnTime: '20261122120000',
  txnAmt: '350',
  currencyCode: '156',
  respCode: '00',
  respMsg: '成功[0000000]',
  queryId: '691234567890123456789',
  settleAmt: '350',
  settleCurrencyCode: '156',
  settleDate: '1122',
  traceNo: '123456',
  traceTime: '1122120000',
  tokenPayData: '{token=6218400000000000001&trId=62000000001&tokenType=01}',
  reqReserved: 'a+b/c=',
}

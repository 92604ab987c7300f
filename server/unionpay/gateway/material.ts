import { ownerOf, type Certificate } from './certificate.ts'

export type Material = 'sandbox' | 'test' | 'production' | 'unknown'

/**
 * Whose a key or certificate is, by the names in it: UnionPay's test material is issued by CFCA
 * TEST OCA1 below CFCA TEST CS CA, and its old owner is 00040000:SIGN; production material is
 * issued by CFCA OCA1 (ACP §2.4, §10). Ours says SANDBOX.
 */
export function materialOf(certificate: Certificate): Material {
  const names = [certificate.cn ?? '', certificate.x509.issuer, certificate.x509.subject].join('\n')
  if (/\bSANDBOX\b/.test(names)) return 'sandbox'
  if (
    /\bTEST\b/i.test(names) ||
    ownerOf(certificate) === '00040000:SIGN' ||
    isTestMerchant(certificate.cn)
  )
    return 'test'
  return /\bCFCA\b|China Financial Certification/i.test(names) ? 'production' : 'unknown'
}

/** UnionPay's published test merchants, whose one key everybody has (ACP §10). */
const isTestMerchant = (cn: string | null): boolean =>
  /^(700000000000001|777\d{12})\b/.test(cn ?? '')

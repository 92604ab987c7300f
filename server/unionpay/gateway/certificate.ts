import { X509Certificate, type KeyObject } from 'node:crypto'
import { identifierOf, memberOf, readDer } from './der.ts'
import { isSm2Signed, sm2PublicHex } from './sm2.ts'

export type Certificate = {
  x509: X509Certificate
  key: KeyObject
  /** serial number, decimal, as text: it may have 38 digits (ACP §9) */
  cert_id: string
  /** the one CN of the subject, or null */
  cn: string | null
  valid_from: Date
  valid_to: Date
  /** the point of an SM2 key as hexadecimal digits; null for RSA */
  sm2_hex: string | null
}

/** PEM text or the bytes of PEM or DER. Throws when it is no certificate. */
export function readCertificate(content: string | Buffer): Certificate {
  return certificateOf(new X509Certificate(content))
}

export function certificateOf(x509: X509Certificate): Certificate {
  const { CN } = x509.toLegacyObject().subject as unknown as { CN?: string | string[] }
  return {
    x509,
    key: x509.publicKey,
    cert_id: certIdOf(x509),
    cn: typeof CN === 'string' ? CN : null,
    valid_from: x509.validFromDate,
    valid_to: x509.validToDate,
    sm2_hex: sm2PublicHex(x509.publicKey),
  }
}

/** certId: the serial number as a decimal number, kept as text (ACP §2.4). */
const certIdOf = (x509: X509Certificate): string => BigInt(`0x${x509.serialNumber}`).toString()

/**
 * The owner of a certificate of the form `041@<org>@<owner>@<number>` (ACP §2.4); null for any
 * other CN.
 */
export function ownerOf(certificate: Certificate): string | null {
  const parts = certificate.cn?.split('@') ?? []
  return parts.length === 4 ? (parts[2] ?? null) : null
}

/**
 * Whether `issuer` made `certificate`: name, and signature. SHA-1 is accepted: UnionPay's are made
 * with it (ACP §2.4).
 */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  if (!certificate.x509.checkIssued(issuer.x509)) return false
  return issuer.sm2_hex === null
    ? certificate.x509.verify(issuer.key)
    : isSm2Issued(certificate.x509, issuer.sm2_hex)
}

const sm2_with_sm3 = '1.2.156.10197.1.501'

/** OpenSSL checks SM2 certificates with an empty user id; they are made with the standard one. */
function isSm2Issued(x509: X509Certificate, public_hex: string): boolean {
  const whole = readDer(x509.raw)
  if (identifierOf(memberOf(memberOf(whole, 1), 0)) !== sm2_with_sm3) return false
  return isSm2Signed(memberOf(whole, 0).whole, memberOf(whole, 2).content.subarray(1), public_hex)
}

import { createPublicKey, generateKeyPairSync, randomBytes, sign, X509Certificate, type KeyObject } from 'node:crypto'
import forge from 'node-forge'

export type Issuer = { name: forge.pki.CertificateField[]; key: KeyObject }
export type Signed = { key: KeyObject; certificate: X509Certificate; pem: string; name: forge.pki.CertificateField[] }
export type Wanted = { cn: string; issuer: Issuer | null; key?: KeyObject; may_issue: boolean; from: Date; to: Date }

export const newKey = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey

/** Serial numbers are longer than 2^53 holds: a certId read as a number would not survive (acp-gateway §9). */
const newSerial = (): string => `10${randomBytes(15).toString('hex')}`

/** One certificate, sha1WithRSA as those seen live (acp-gateway §2.4). Without an issuer it signs itself. */
export function makeCertificate(wanted: Wanted): Signed {
  const key = wanted.key ?? newKey()
  const name = nameOf(wanted.cn)
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.publicKeyFromPem(createPublicKey(key).export({ type: 'spki', format: 'pem' }) as string)
  certificate.serialNumber = newSerial()
  certificate.validity.notBefore = wanted.from
  certificate.validity.notAfter = wanted.to
  certificate.setSubject(name)
  certificate.setIssuer(wanted.issuer?.name ?? name)
  certificate.setExtensions([
    { name: 'basicConstraints', cA: wanted.may_issue, critical: true },
    { name: 'keyUsage', critical: true, ...(wanted.may_issue ? { keyCertSign: true, cRLSign: true } : { digitalSignature: true, keyEncipherment: true }) },
  ])
  const signing_key = wanted.issuer?.key ?? key
  certificate.sign({
    // node-forge lays the certificate out; the signature itself is OpenSSL's, which is ten times faster
    sign: () => sign('sha1', toBuffer((certificate as unknown as { tbsCertificate: forge.asn1.Asn1 }).tbsCertificate), signing_key).toString('binary'),
  } as unknown as forge.pki.rsa.PrivateKey)
  const der = toBuffer(forge.pki.certificateToAsn1(certificate))
  return { key, certificate: new X509Certificate(der), pem: pemOf(der), name }
}

/** The text a message carries: CRLF between the lines, none at the end (acp-gateway §2.2). */
export function pemOf(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----'].join('\r\n')
}

/** Decimal, as text: the form of certId (acp-gateway §2.4). */
export const certIdOf = (certificate: X509Certificate): string => BigInt(`0x${certificate.serialNumber}`).toString()

export const toBuffer = (value: forge.asn1.Asn1): Buffer => Buffer.from(forge.asn1.toDer(value).getBytes(), 'binary')

const nameOf = (cn: string): forge.pki.CertificateField[] => [
  { shortName: 'C', value: 'CN' },
  { shortName: 'O', value: 'Sandbox of no authority' },
  { shortName: 'CN', value: cn, valueTagClass: forge.asn1.Type.UTF8 as unknown as forge.asn1.Class },
]

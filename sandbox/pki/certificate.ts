import {
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
  type KeyObject,
} from 'node:crypto'
import forge from 'node-forge'
import { signSm2 } from './sm2.ts'

export type Issuer = { name: forge.pki.CertificateField[]; key: KeyObject }
export type Signed = {
  key: KeyObject
  certificate: X509Certificate
  pem: string
  name: forge.pki.CertificateField[]
}
export type Wanted = {
  cn: string
  issuer: Issuer | null
  key?: KeyObject
  may_issue: boolean
  from: Date
  to: Date
}

export const newKey = (): KeyObject =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey

/** Serial numbers exceed 2^53: a certId read as a number would lose digits (acp-gateway §9). */
const newSerial = (): string => `10${randomBytes(15).toString('hex')}`

/**
 * One certificate, sha1WithRSA as observed live (acp-gateway §2.4), or SM2 with SM3 for such a key.
 * Without an issuer it is self-signed.
 */
export function makeCertificate(wanted: Wanted): Signed {
  const key = wanted.key ?? newKey()
  const name = nameOf(wanted.cn)
  const certificate = forge.pki.createCertificate()
  const is_rsa = key.asymmetricKeyType === 'rsa'
  certificate.publicKey = is_rsa
    ? forge.pki.publicKeyFromPem(
        createPublicKey(key).export({ type: 'spki', format: 'pem' }) as string,
      )
    : untrustedKey()
  certificate.serialNumber = newSerial()
  certificate.validity.notBefore = wanted.from
  certificate.validity.notAfter = wanted.to
  certificate.setSubject(name)
  certificate.setIssuer(wanted.issuer?.name ?? name)
  certificate.setExtensions([
    { name: 'basicConstraints', cA: wanted.may_issue, critical: true },
    {
      name: 'keyUsage',
      critical: true,
      ...(wanted.may_issue
        ? { keyCertSign: true, cRLSign: true }
        : { digitalSignature: true, keyEncipherment: true }),
    },
  ])
  const signing_key = wanted.issuer?.key ?? key
  if (!is_rsa) return sm2Certificate(certificate, key, signing_key, name)
  certificate.sign({
    // node-forge lays out the certificate; OpenSSL makes the signature, which is ten times faster
    sign: () =>
      sign(
        'sha1',
        toBuffer((certificate as unknown as { tbsCertificate: forge.asn1.Asn1 }).tbsCertificate),
        signing_key,
      ).toString('binary'),
  } as unknown as forge.pki.rsa.PrivateKey)
  const der = toBuffer(forge.pki.certificateToAsn1(certificate))
  return { key, certificate: new X509Certificate(der), pem: pemOf(der), name }
}

const untrustedKey = (): forge.pki.rsa.PublicKey =>
  forge.pki.setRsaPublicKey(new forge.jsbn.BigInteger('3'), new forge.jsbn.BigInteger('3'))

/**
 * node-forge does not support SM2: it lays out the certificate, then algorithm and key are
 * replaced.
 */
function sm2Certificate(
  certificate: forge.pki.Certificate,
  key: KeyObject,
  signing_key: KeyObject,
  name: Signed['name'],
): Signed {
  const { asn1 } = forge
  certificate.sign({ sign: () => '' } as unknown as forge.pki.rsa.PrivateKey)
  const { tbsCertificate: content } = certificate as unknown as { tbsCertificate: forge.asn1.Asn1 }
  const sequence = (members: forge.asn1.Asn1[]) =>
    asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, members)
  const algorithm = sequence([
    asn1.create(
      asn1.Class.UNIVERSAL,
      asn1.Type.OID,
      false,
      asn1.oidToDer('1.2.156.10197.1.501').getBytes(),
    ),
  ])
  const members = content.value as forge.asn1.Asn1[]
  members[2] = algorithm
  members[6] = asn1.fromDer(
    forge.util.createBuffer(
      createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('binary'),
    ),
  )
  const signature = signSm2(toBuffer(content), signing_key, createPublicKey(signing_key)).toString(
    'binary',
  )
  const der = toBuffer(
    sequence([
      content,
      algorithm,
      asn1.create(asn1.Class.UNIVERSAL, asn1.Type.BITSTRING, false, `\0${signature}`),
    ]),
  )
  return { key, certificate: new X509Certificate(der), pem: pemOf(der), name }
}

/** The text in a message: CRLF between the lines, none at the end (acp-gateway §2.2). */
export function pemOf(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----'].join('\r\n')
}

/** Decimal, as text: the form of certId (acp-gateway §2.4). */
export const certIdOf = (certificate: X509Certificate): string =>
  BigInt(`0x${certificate.serialNumber}`).toString()

export const toBuffer = (value: forge.asn1.Asn1): Buffer =>
  Buffer.from(forge.asn1.toDer(value).getBytes(), 'binary')

export const nameOf = (cn: string): forge.pki.CertificateField[] => [
  { shortName: 'C', value: 'CN' },
  { shortName: 'O', value: 'Sandbox of no authority' },
  {
    shortName: 'CN',
    value: cn,
    valueTagClass: forge.asn1.Type.UTF8 as unknown as forge.asn1.Class,
  },
]

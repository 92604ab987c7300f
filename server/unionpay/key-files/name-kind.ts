import { createPrivateKey } from 'node:crypto'
import { memberOf, readDer } from '../gateway/der.ts'
import { blocksIn } from './blocks.ts'
import { certificatesIn, isPrivate, publicKeysIn } from './certificates-in.ts'

export type Kind =
  | 'pkcs12'
  | 'java'
  | 'certificate'
  | 'pair'
  | 'private key'
  | 'request'
  | 'public key'
  | 'other'

/** What a file is that was given for something else. */
function kindOf(bytes: Buffer): Kind {
  if (['feedfeed', 'cececece'].includes(bytes.subarray(0, 4).toString('hex'))) return 'java'
  if (pkcs12In(bytes)) return 'pkcs12'
  const blocks = blocksIn(bytes)
  const has_key = blocks.some(({ label, der }) => isPrivate(label) || isPrivateDer(der))
  const has_certificate = certificatesIn(bytes).length > 0
  if (has_key) return has_certificate ? 'pair' : 'private key'
  if (has_certificate) return 'certificate'
  if (blocks.some(({ label }) => /CERTIFICATE REQUEST/.test(label ?? ''))) return 'request'
  return publicKeysIn(bytes).length > 0 ? 'public key' : 'other'
}

/**
 * The PKCS#12 of a file, also as Base64 or PEM; null when it is none. RFC 7292, section 4: version
 * 3, then its content.
 */
export function pkcs12In(bytes: Buffer): { der: Buffer; was: string } | null {
  for (const { der, was } of blocksIn(bytes)) {
    try {
      const version = memberOf(readDer(der), 0)
      if (
        version.tag === 0x02 &&
        version.content.equals(Buffer.of(3)) &&
        memberOf(readDer(der), 1).tag === 0x30
      )
        return { der, was }
    } catch {
      // another kind
    }
  }
  return null
}

function isPrivateDer(der: Buffer): boolean {
  return (['pkcs8', 'pkcs1', 'sec1'] as const).some((type) => {
    try {
      return createPrivateKey({ key: der, format: 'der', type }).type === 'private'
    } catch {
      return false
    }
  })
}

const quoted = (file: string): string =>
  /^[\w./:-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`

/** OpenSSL joins PEM alone: what makes PEM of a file, to be run first, and that PEM's name. */
function asPem(
  bytes: Buffer,
  file: string,
  program: 'pkey' | 'x509',
): [first: string, pem: string] {
  const was = blocksIn(bytes)[0]?.was
  const [from, pem] = [quoted(file), quoted(`${file}.pem`)]
  if (was === 'DER') return [`openssl ${program} -inform DER -in ${from} -out ${pem} && `, pem]
  if (was === 'bare Base64')
    return [
      `tr -d '\\r\\n' < ${from} | openssl base64 -d -A | openssl ${program} -inform DER -out ${pem} && `,
      pem,
    ]
  return ['', from]
}

/**
 * Why a file is no key file (.pfx), with the command that makes one of it. To be put after the
 * file's name.
 */
export function noPfx(bytes: Buffer, file: string): string {
  const [from, to] = [quoted(file), quoted(`${file}.p12`)]
  const made = `Then give ${file}.p12`
  switch (kindOf(bytes)) {
    case 'java':
      return `is a Java key store (JKS), not PKCS#12. Convert it: keytool -importkeystore -srckeystore ${from} -destkeystore ${to} -deststoretype PKCS12. ${made}`
    case 'pair':
      return `is PEM with key and certificate, not PKCS#12. Convert it: openssl pkcs12 -export -in ${from} -out ${to}. ${made}`
    case 'private key': {
      const [first, key] = asPem(bytes, file, 'pkey')
      return `is a private key alone, not PKCS#12. Join it with its certificate: ${first}openssl pkcs12 -export -inkey ${key} -in CERTIFICATE -out ${to}. ${made}`
    }
    case 'certificate': {
      const [first, certificate] = asPem(bytes, file, 'x509')
      return `is a certificate without its private key, not PKCS#12. Join both: ${first}openssl pkcs12 -export -inkey KEY -in ${certificate} -out ${to}. ${made}`
    }
    default:
      return `is not a PKCS#12 file${otherKind(bytes)}`
  }
}

/**
 * Why a file holds no certificate, with the command that takes one out of it. To be put after the
 * file's name.
 */
export function noCertificate(bytes: Buffer, file: string): string {
  const [from, to] = [quoted(file), quoted(`${file}.pem`)]
  const made = `Then give ${file}.pem`
  switch (kindOf(bytes)) {
    case 'java':
      return `is no certificate but a Java key store (JKS). Take its certificates out: keytool -list -rfc -keystore ${from} > ${to}. ${made}`
    case 'pkcs12':
      return `is no certificate but a PKCS#12 key file. Take its certificates out: openssl pkcs12 -in ${from} -nokeys -out ${to} (with -legacy for an old file). ${made}`
    default:
      return `is no certificate (PEM, DER, Base64 or .p7b)${otherKind(bytes)}`
  }
}

function otherKind(bytes: Buffer): string {
  const kind = kindOf(bytes)
  if (bytes.length === 0) return ': it is empty'
  if (kind === 'request') return ': it is a certificate request; give what CFCA issued for it'
  if (kind === 'private key') return ': it is a private key'
  if (kind === 'public key') return ': it is a public key'
  if (/^\s*</.test(bytes.subarray(0, 200).toString('latin1')))
    return ': it is a web page; download it again'
  return ': it is another kind of file, or was cut'
}

import { constants, publicDecrypt } from 'node:crypto'
import { ownerOf, readCertificate, type Certificate } from '../certificate.ts'
import { hexDigest, isSameText, readBase64, sharedSignature } from '../digests.ts'
import { bytesToSign, type ReceivedMessage } from '../received.ts'
import { isSignedBy } from '../verify-message.ts'
import { findChain, owners } from '../trust.ts'
import type { Evidence } from './explain-message.ts'
import { changesOf } from './try-changes.ts'

/**
 * Why a message does not verify: what is wrong with its certificate, and the one change that makes
 * its signature right.
 */
export function causesOf(received: ReceivedMessage, body: Buffer, evidence: Evidence): string[] {
  const { signMethod } = received.fields
  const certificate = certificateFor(received, evidence)
  const causes =
    signMethod === '11' || signMethod === '12'
      ? sharedCauses(received, evidence)
      : certificateCauses(received, certificate, evidence)
  if (received.signature === '') return [...causes, 'there is no field `signature`']
  if (isRight(received, evidence)) return causes
  const found = changesOf(received, body).filter((change) =>
    isRight(
      {
        ...received,
        raw: change.raw,
        fields: change.raw,
        signed: change.signed ?? bytesToSign(change.raw),
        signature: change.raw['signature'] ?? '',
      },
      evidence,
    ),
  )
  const undone = [...new Set(found.map((change) => change.cause))].slice(0, 3)
  return [...causes, ...(undone.length > 0 ? undone : lastResort(received, certificate, evidence))]
}

function certificateFor(
  { fields, raw }: ReceivedMessage,
  { verifying }: Evidence,
): Certificate | null {
  if (fields.version === '5.0.0')
    return verifying.find((one) => one.cert_id === fields.certId) ?? null
  try {
    return readCertificate(raw['signPubKeyCert'] ?? '')
  } catch {
    return null
  }
}

/** Whether the signature fits, regardless of whom the certificate belongs to. */
export function isRight(received: ReceivedMessage, evidence: Evidence): boolean {
  const { signMethod } = received.fields
  if (signMethod === '11' || signMethod === '12') {
    const key_digest = evidence.shared[signMethod]
    return (
      key_digest !== undefined &&
      isSameText(received.signature, sharedSignature(signMethod, received.signed, key_digest))
    )
  }
  const certificate = certificateFor(received, evidence)
  return certificate !== null && isSignedBy(received, certificate)
}

function sharedCauses(
  { fields, signed, signature }: ReceivedMessage,
  { shared }: Evidence,
): string[] {
  const causes: string[] = []
  for (const method of ['11', '12'] as const) {
    const key_digest = shared[method]
    if (key_digest === undefined && method === fields.signMethod)
      causes.push('it is signed with the shared key: give it with --secure-key FILE')
    if (
      key_digest !== undefined &&
      method !== fields.signMethod &&
      isSameText(signature, sharedSignature(method, signed, key_digest))
    ) {
      causes.push(`it verifies as signMethod ${method}: the digest is of the other kind`)
    }
  }
  return causes
}

function certificateCauses(
  { fields }: ReceivedMessage,
  certificate: Certificate | null,
  evidence: Evidence,
): string[] {
  if (fields.version === '5.0.0')
    return certificate
      ? []
      : [
          `a message of version 5.0.0 only names its certificate, and none with certId ${fields.certId ?? '(missing)'} is known: give UnionPay's (acp_…_verify_sign.cer) with --cert FILE or ACP_VERIFY_FILES; it may have rotated`,
          only_5_1_0,
        ]
  if (!fields.signPubKeyCert)
    return ['there is no field `signPubKeyCert`: a 5.1.0 message brings its certificate']
  if (!certificate)
    return [
      '`signPubKeyCert` cannot be read as a certificate: it was cut or its letters were changed',
    ]
  const causes: string[] = []
  const { at, owner_rule } = evidence
  if (at < certificate.valid_from)
    causes.push(`its certificate begins only on ${certificate.valid_from.toISOString()}`)
  if (at > certificate.valid_to)
    causes.push(
      `its certificate ended on ${certificate.valid_to.toISOString()}: check an old message with --at, the time it came`,
    )
  if (!findChain(certificate, evidence))
    causes.push(
      'its certificate does not lead to the root given: test and production have different roots, or somebody else signed it',
    )
  const owner = ownerOf(certificate)
  if (owner === null || !owners[owner_rule].includes(owner)) {
    const hint =
      owner !== null && owners.test.includes(owner)
        ? "; that is UnionPay's test owner: --owner test accepts it"
        : ''
    causes.push(
      `its certificate belongs to ${owner ?? certificate.cn ?? 'nobody'}, not to ${owners[owner_rule].join(' or ')}${hint}`,
    )
  }
  return causes
}

/** UnionPay answers in the version of the request (additions C), and ours are of 5.1.0. */
export const only_5_1_0 =
  'the server itself takes version 5.1.0 only, in which it asks and UnionPay answers: a 5.0.0 message is of another client, or of a merchant number that is set to 5.0.0'

/** Opens the RSA signature with the public key: that tells a wrong key from a changed text. */
function lastResort(
  { fields, signed, signature }: ReceivedMessage,
  certificate: Certificate | null,
  evidence: Evidence,
): string[] {
  const bytes = readBase64(signature)
  if (!bytes) return ['the signature is not Base64']
  if (fields.signMethod !== '01' || certificate?.key.asymmetricKeyType !== 'rsa')
    return [
      'no usual mistake explains it: another key signed it, or a value was changed after signing',
    ]
  const other = [...evidence.verifying, ...evidence.middles, ...evidence.roots].find(
    (one) =>
      one !== certificate && one.key.asymmetricKeyType === 'rsa' && openSignature(one, bytes),
  )
  const opened = openSignature(certificate, bytes)
  if (!opened)
    return [
      other
        ? `it was signed with the key of ${other.cn ?? other.cert_id}, not with that of its certificate`
        : 'another key signed it: the signature does not open with the key of its certificate',
    ]
  const is = (algorithm: 'sha1' | 'sha256', of: Buffer | string): boolean =>
    opened.subarray(-Buffer.from(hexDigest(algorithm, of), 'hex').length).toString('hex') ===
    hexDigest(algorithm, of)
  if (is('sha256', signed))
    return [
      'it was signed with one hash; 5.1.0 hashes twice: RSA with SHA-256 over the hexadecimal SHA-256',
    ]
  if (is('sha1', hexDigest('sha1', signed)))
    return ['it was signed with SHA-1 as in version 5.0.0, but says version 5.1.0']
  if (is('sha256', hexDigest('sha256', signed)))
    return ['it was signed with SHA-256 as in version 5.1.0, but says version 5.0.0']
  if (is('sha256', hexDigest('sha256', signed).toUpperCase()))
    return ['it was signed over the digest in upper case; it must be lower case']
  return [
    'the right key signed it, but over another text: a value was changed, added or lost after signing, which no usual mistake explains',
  ]
}

function openSignature(certificate: Certificate, bytes: Buffer): Buffer | null {
  try {
    return publicDecrypt({ key: certificate.key, padding: constants.RSA_PKCS1_PADDING }, bytes)
  } catch {
    return null
  }
}

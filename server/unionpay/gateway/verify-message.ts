import { verify } from 'node:crypto'
import type { Certificate } from './certificate.ts'
import { digestOf, isSameText, readBase64, sharedSignature, type Signed } from './digests.ts'
import type { ReceivedMessage } from './received.ts'
import { isSm2Signed } from './sm2.ts'
import type { Distrust, Trust } from './trust.ts'

export type SignatureProblem =
  | 'signature_missing'
  | 'signature_wrong'
  | 'sign_method_refused'
  | 'certificate_missing'
  | Distrust
export type Verdict = { kind: 'valid' } | { kind: 'invalid'; why: SignatureProblem; detail: string }

/**
 * `shared`: digests of the secure key for the methods that are switched on. Without `trust` no
 * certificate is believed.
 */
export type Verification = {
  trust: Trust | null
  shared: Readonly<Partial<Record<'11' | '12', string>>>
}

/** What of a message its signature is checked with. */
export type SignedMessage = Pick<ReceivedMessage, 'fields' | 'signature'> & { signed: Signed }

/**
 * The one place that checks what UnionPay signed (ACP §2.2–2.4). A method without configured
 * material is refused. Never throws.
 */
export function verifyMessage(received: SignedMessage, { trust, shared }: Verification): Verdict {
  const { signMethod } = received.fields
  if (received.signature === '')
    return invalid('signature_missing', 'there is no field `signature`')
  if (signMethod === '11' || signMethod === '12') {
    const key_digest = shared[signMethod]
    if (key_digest === undefined)
      return invalid(
        'sign_method_refused',
        `signMethod ${signMethod} needs the shared key, and none is configured`,
      )
    return judged(
      isSameText(
        received.signature.toLowerCase(),
        sharedSignature(signMethod, received.signed, key_digest),
      ),
    )
  }
  if (signMethod !== '01' && signMethod !== '21')
    return invalid('sign_method_refused', `signMethod ${signMethod ?? '(missing)'} is not known`)
  if (!trust)
    return invalid(
      'sign_method_refused',
      `signMethod ${signMethod} needs certificates, and none are configured`,
    )
  const found = findCertificate(received, trust)
  if (found.kind === 'invalid') return found
  return judged(isSignedBy(received, found.certificate))
}

/** 5.1.0 brings the certificate, 5.0.0 names it (ACP §2.4). */
function findCertificate(
  { fields }: SignedMessage,
  trust: Trust,
): { kind: 'found'; certificate: Certificate } | Extract<Verdict, { kind: 'invalid' }> {
  const { signPubKeyCert, certId } = fields
  const named = fields.version === '5.0.0'
  if (named ? !certId : !signPubKeyCert)
    return invalid(
      'certificate_missing',
      `there is no field \`${named ? 'certId' : 'signPubKeyCert'}\``,
    )
  const verdict = named ? trust.judgeCertId(certId ?? '') : trust.judge(signPubKeyCert ?? '')
  return verdict.kind === 'trusted'
    ? { kind: 'found', certificate: verdict.certificate }
    : invalid(verdict.why, verdict.detail)
}

/**
 * Whether the key of this certificate made the signature; says nothing of whether the certificate
 * is to be believed.
 */
export function isSignedBy(
  { fields, signed, signature }: SignedMessage,
  certificate: Certificate,
): boolean {
  const bytes = readBase64(signature)
  if (!bytes) return false
  if (fields.signMethod === '21') {
    return (
      certificate.sm2_hex !== null &&
      isSm2Signed(Buffer.from(digestOf(signed, 'sm3')), bytes, certificate.sm2_hex)
    )
  }
  if (certificate.key.asymmetricKeyType !== 'rsa') return false
  const algorithm = fields.version === '5.0.0' ? 'sha1' : 'sha256'
  return verify(algorithm, Buffer.from(digestOf(signed, algorithm)), certificate.key, bytes)
}

const judged = (right: boolean): Verdict =>
  right ? { kind: 'valid' } : invalid('signature_wrong', 'the signature does not fit the fields')
const invalid = (why: SignatureProblem, detail: string): Extract<Verdict, { kind: 'invalid' }> => ({
  kind: 'invalid',
  why,
  detail,
})

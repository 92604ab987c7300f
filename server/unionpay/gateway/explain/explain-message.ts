import { X509Certificate } from 'node:crypto'
import type { FieldRemark } from '../../explain-notice.ts'
import { certificateOf, type Certificate } from '../certificate.ts'
import type { ReceivedMessage } from '../received.ts'
import { createTrust } from '../trust.ts'
import { verifyMessage } from '../verify-message.ts'
import { judgeCertificate, type CertificateReport } from './certificate-report.ts'
import { chooseMessages, type ReadMessage } from './choose-messages.ts'
import { remarkOnFields } from './field-remarks.ts'
import { causesOf } from './find-causes.ts'

/**
 * What a captured message is held against. `at`: the moment its certificates must have been valid.
 */
export type Evidence = {
  roots: readonly Certificate[]
  middles: readonly Certificate[]
  verifying: readonly Certificate[]
  owner_rule: 'strict' | 'test'
  shared: Readonly<Partial<Record<'11' | '12', string>>>
  at: Date
}

export type MessageExplanation = {
  valid: boolean
  /** how it was written, in words */
  form: string
  at: string
  problem: string | null
  detail: string | null
  certificate: CertificateReport | null
  fields: FieldRemark[]
  signed_text: string
  remarks: readonly string[]
  /** what would make the signature right, most likely first */
  causes: string[]
}

/**
 * Says of each message of a captured file whether it verifies and, if not, why, check by check and
 * field by field. Pure. At least one: a file without a message is explained itself.
 */
export function explainMessages(
  found: readonly ReadMessage[],
  evidence: Evidence,
): [MessageExplanation, ...MessageExplanation[]] {
  const { messages, aside } = chooseMessages(found, evidence)
  const left =
    messages.length > most_explained
      ? [`the file holds ${messages.length} messages; the first ${most_explained} were checked`]
      : []
  return messages
    .slice(0, most_explained)
    .map((one, place) =>
      explain(
        place === 0 ? { ...one, remarks: [...one.remarks, ...aside, ...left] } : one,
        evidence,
      ),
    ) as [MessageExplanation, ...MessageExplanation[]]
}

const most_explained = 50

function explain(
  { form, body, reading, remarks }: ReadMessage,
  evidence: Evidence,
): MessageExplanation {
  const report = { form, at: evidence.at.toISOString(), remarks }
  if (reading.kind === 'unreadable') {
    return {
      ...report,
      valid: false,
      problem: reading.why,
      detail: reading.detail,
      certificate: null,
      fields: [],
      signed_text: '',
      causes: [unreadableCauses[reading.why]],
    }
  }
  const trust = createTrust({ ...evidence, clock: { now: () => evidence.at } })
  const verdict = verifyMessage(reading, {
    trust: evidence.roots.length > 0 || evidence.verifying.length > 0 ? trust : null,
    shared: evidence.shared,
  })
  const certificate = certificateIn(reading, evidence)
  return {
    ...report,
    valid: verdict.kind === 'valid',
    problem: verdict.kind === 'valid' ? null : verdict.why,
    detail: verdict.kind === 'valid' ? null : verdict.detail,
    certificate: certificate ? judgeCertificate(certificate, reading, evidence) : null,
    fields: remarkOnFields(reading.fields),
    signed_text: reading.signed.toString('utf8'),
    causes: verdict.kind === 'valid' ? [] : causesOf(reading, body, evidence),
  }
}

const unreadableCauses = {
  too_large: 'a message is never longer than 256 kB',
  not_a_message: 'it holds no name=value pairs: is it a web page, or empty?',
  repeated_field:
    'a field comes twice: query parameters were mixed in, or two messages joined; which value was signed is unknowable',
  ambiguous_field:
    'a field holds what could be a second one (&name=): the string that was signed is the same for both readings',
  broken_escape: 'a % is no escape: a synchronous answer was taken for a form, or the text was cut',
} as const

function certificateIn({ fields }: ReceivedMessage, { verifying }: Evidence): Certificate | null {
  if (fields.version === '5.0.0')
    return verifying.find((one) => one.cert_id === fields.certId) ?? null
  try {
    return certificateOf(new X509Certificate(fields.signPubKeyCert ?? ''))
  } catch {
    return null
  }
}

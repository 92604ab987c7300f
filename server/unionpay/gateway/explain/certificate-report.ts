import { ownerOf, type Certificate } from '../certificate.ts'
import { daysLeft } from '../expiry.ts'
import type { ReceivedMessage } from '../received.ts'
import { findChain, owners } from '../trust.ts'
import { isSignedBy } from '../verify-message.ts'
import type { Evidence } from './explain-message.ts'

/** The certificate of a message and each check on its own: one failure must not hide another. */
export type CertificateReport = {
  subject: string
  owner: string | null
  cert_id: string
  valid_from: string
  valid_to: string
  days_left: number
  checks: { signature: boolean; chain: boolean; dates: boolean; owner: boolean }
  chain: string[]
}

/** A configured certificate that a 5.0.0 message names is believed without chain and owner. */
export function judgeCertificate(
  certificate: Certificate,
  received: ReceivedMessage,
  evidence: Evidence,
): CertificateReport {
  const configured = evidence.verifying.includes(certificate)
  const chain = configured ? [certificate] : findChain(certificate, evidence)
  const owner = ownerOf(certificate)
  const isValidAt = ({ valid_from, valid_to }: Certificate): boolean =>
    evidence.at >= valid_from && evidence.at <= valid_to
  return {
    subject: certificate.x509.subject.replaceAll('\n', ', '),
    owner,
    cert_id: certificate.cert_id,
    valid_from: certificate.valid_from.toISOString(),
    valid_to: certificate.valid_to.toISOString(),
    days_left: daysLeft(certificate, evidence.at),
    checks: {
      signature: isSignedBy(received, certificate),
      chain: chain !== null,
      dates: (chain ?? [certificate]).every(isValidAt),
      owner: configured || (owner !== null && owners[evidence.owner_rule].includes(owner)),
    },
    chain: (chain ?? [certificate]).map((one) => one.cn ?? one.x509.subject.replaceAll('\n', ', ')),
  }
}

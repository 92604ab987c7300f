import type { Settings } from '../settings.ts'
import type { Certificate } from './gateway/certificate.ts'
import { daysLeft } from './gateway/expiry.ts'
import { loadCertificates, type Merchant } from './gateway/keys.ts'

export type NamedCertificate = { role: 'merchant' | 'root' | 'middle'; certificate: Certificate }

/**
 * What charging signs and verifies with. They rotate about every five years (ACP §2.4), and then
 * charging stops.
 */
export const acpCertificates = (
  merchants: readonly Merchant[],
  settings: Pick<Settings, 'acp_root_files' | 'acp_middle_files'>,
): NamedCertificate[] => [
  ...merchants.flatMap(({ certificate }) =>
    certificate ? [{ role: 'merchant' as const, certificate }] : [],
  ),
  ...loadCertificates(settings.acp_root_files ?? []).map((certificate) => ({
    role: 'root' as const,
    certificate,
  })),
  ...loadCertificates(settings.acp_middle_files ?? []).map((certificate) => ({
    role: 'middle' as const,
    certificate,
  })),
]

export const certificateDays = (
  certificates: readonly NamedCertificate[],
  now: Date,
): { role: NamedCertificate['role']; name: string; cert_id: string; days_left: number }[] =>
  certificates.map(({ role, certificate }) => ({
    role,
    name: certificate.cn ?? certificate.x509.subject,
    cert_id: certificate.cert_id,
    days_left: daysLeft(certificate, now),
  }))

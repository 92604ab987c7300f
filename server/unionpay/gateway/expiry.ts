import type { Certificate } from './certificate.ts'

const day_ms = 86_400_000
export type Expiring = {
  name: string
  cert_id: string
  valid_to: Date
  days_left: number
  sentence: string
}

/** Whole days until a certificate ends; negative when it has ended. */
export const daysLeft = (certificate: Certificate, now: Date): number =>
  Math.floor((certificate.valid_to.getTime() - now.getTime()) / day_ms)

/**
 * Certificates that end within `within_days` or are not valid now, the nearest first. They rotate
 * about every five years, and merchants' test keys end on 2026-11-26 (ACP §2.4, §10).
 */
export function expiryWarnings(
  certificates: readonly Certificate[],
  now: Date,
  within_days = 60,
): Expiring[] {
  return certificates
    .flatMap((certificate) => {
      const days_left = daysLeft(certificate, now)
      const early = now < certificate.valid_from
      if (days_left >= within_days && !early) return []
      const name = certificate.cn ?? certificate.x509.subject
      const on = (early ? certificate.valid_from : certificate.valid_to).toISOString().slice(0, 10)
      const sentence = early
        ? `${name} is not valid before ${on}`
        : days_left < 0
          ? `${name} ended on ${on}`
          : `${name} ends on ${on}, in ${days_left} days`
      return [
        {
          name,
          cert_id: certificate.cert_id,
          valid_to: certificate.valid_to,
          days_left,
          sentence: `${sentence} (certId ${certificate.cert_id})`,
        },
      ]
    })
    .toSorted((one, other) => one.days_left - other.days_left)
}

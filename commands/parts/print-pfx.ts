import { realClock } from '../../server/kernel/clock.ts'
import type { Certificate } from '../../server/unionpay/gateway/certificate.ts'
import { daysLeft } from '../../server/unionpay/gateway/expiry.ts'
import { materialOf } from '../../server/unionpay/gateway/material.ts'
import { openPfxFile, type OpenedPfx } from '../../server/unionpay/gateway/keys.ts'
import { readPasswordFile } from '../../server/unionpay/key-files/read-file.ts'
import { stop, type DoctorOptions } from './doctor-options.ts'

/** `doctor pfx FILE`: what a PKCS#12 file holds. Exit 0 opened, 1 not, 2 wrong use. */
export function printPfx(file: string, options: DoctorOptions): void {
  const password = passwordOf(options)
  let pfx: OpenedPfx
  try {
    pfx = openPfxFile(file, password)
  } catch (error) {
    if ((error as { code?: string }).code) stop((error as Error).message) // the file itself could not be read
    console.log(
      options.json
        ? JSON.stringify({ opened: false, problem: (error as Error).message })
        : `NOT OPENED: ${(error as Error).message}`,
    )
    process.exitCode = 1
    return
  }
  const now = realClock.now()
  const own = describe(pfx.certificate, now)
  const others = pfx.others.map((one) => describe(one, now))
  const key = `${pfx.key.asymmetricKeyType ?? 'unknown'}${pfx.key.asymmetricKeyDetails?.modulusLength ? ` ${pfx.key.asymmetricKeyDetails.modulusLength} bit` : ''}`
  if (options.json)
    console.log(
      JSON.stringify({ opened: true, key, remarks: pfx.remarks, ...own, others }, null, 2),
    )
  else
    console.log(
      [
        `key: ${key}`,
        ...pfx.remarks.map((remark) => `note: ${remark}`),
        ...lines(own),
        ...others.flatMap((one) => ['', 'also holds:', ...lines(one)]),
      ].join('\n'),
    )
  process.exitCode = 0
}

function passwordOf(options: DoctorOptions): string | readonly string[] {
  if (options.password !== undefined) return options.password
  const file = options['password-file'] ?? process.env.ACP_PFX_PASSWORD_FILE
  if (file) {
    try {
      return readPasswordFile(file)
    } catch (error) {
      stop((error as Error).message)
    }
  }
  return (
    process.env.ACP_PFX_PASSWORD ?? stop('give the password: --password P or --password-file FILE')
  )
}

function describe(certificate: Certificate, now: Date) {
  const { x509, cert_id, valid_from, valid_to } = certificate
  return {
    subject: x509.subject.replaceAll('\n', ', '),
    issuer: x509.issuer.replaceAll('\n', ', '),
    cert_id,
    serial_hex: x509.serialNumber.toLowerCase(),
    valid_from: valid_from.toISOString(),
    valid_to: valid_to.toISOString(),
    days_left: daysLeft(certificate, now),
    valid_now: now >= valid_from && now <= valid_to,
    material: materialOf(certificate),
  }
}

const lines = (one: ReturnType<typeof describe>): string[] => [
  `subject: ${one.subject}`,
  `issuer: ${one.issuer}`,
  `certId: ${one.cert_id} (hexadecimal ${one.serial_hex})`,
  `valid: ${one.valid_from} to ${one.valid_to}`,
  `material: ${one.material}`,
  one.valid_now ? `${one.days_left} days left` : 'NOT VALID NOW',
]

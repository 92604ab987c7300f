import { realClock } from '../kernel/clock.ts'
import type { Certificate } from '../unionpay/gateway/certificate.ts'
import { daysLeft } from '../unionpay/gateway/expiry.ts'
import { openPfxFile, readMerchantEntry } from '../unionpay/gateway/keys.ts'
import { materialOf } from '../unionpay/gateway/material.ts'
import { readSecretFile } from '../unionpay/key-files/read-file.ts'
import { loadNoticeKeys } from '../unionpay/notice-keys.ts'
import type { Settings } from '../settings.ts'
import { readPassword } from '../unionpay/acp-gateway.ts'
import { fail, ok, stop, warn, type Check } from './check.ts'

const soon_days = 60

/** The keys that sign for the merchant. */
export function checkMerchants(settings: Settings): Check[] {
  const { acp_merchants, acp_sign_method, acp_secure_key_file } = settings
  if (!acp_merchants)
    return [
      warn(
        'keys',
        'ACP_MERCHANTS is empty: contracts are signed and ended, nothing is charged',
        'give the merchant numbers with their .pfx files',
      ),
    ]
  if (acp_sign_method === '11' || acp_sign_method === '12') {
    return [
      tryTo(`shared key of signMethod ${acp_sign_method}`, () => {
        const length = readSecretFile(acp_secure_key_file ?? '').length
        return length < 16
          ? stop(
              'keys',
              `ACP_SECURE_KEY_FILE holds ${length} characters`,
              'give the whole shared key',
            )
          : ok('keys', `shared key of signMethod ${acp_sign_method}: ${length} characters`)
      }),
    ]
  }
  return acp_merchants.map(readMerchantEntry).flatMap(({ merchant, file }) => [
    tryTo(`merchant ${merchant}`, () => {
      const { certificate } = openPfxFile(file ?? '', readPassword(settings))
      return judge(`merchant ${merchant}`, certificate, settings)
    }),
  ])
}

/** The shared key is read at start whether it signs or not. */
export function checkSharedKey({ acp_secure_key_file, acp_sign_method }: Settings): Check[] {
  if (acp_secure_key_file === null || acp_sign_method === '11' || acp_sign_method === '12')
    return []
  return stopsOnly(
    tryTo(
      'ACP_SECURE_KEY_FILE',
      () => ok('keys', `${readSecretFile(acp_secure_key_file).length} characters`),
      'give the file with the shared key, or none',
    ),
  )
}

const stopsOnly = (check: Check): Check[] => (check.stops ? [check] : [])

/**
 * Dates, and whether it belongs to this environment: a production server with a test key is refused
 * by UnionPay, the other way round too.
 */
export function judge(
  whose: string,
  certificate: Certificate,
  { unionpay_env }: Pick<Settings, 'unionpay_env'>,
  area = 'keys',
): Check {
  const now = realClock.now()
  const [days, material] = [daysLeft(certificate, now), materialOf(certificate)]
  const said = `${whose}: certId ${certificate.cert_id}, ${material} material, ${certificate.valid_from.toISOString().slice(0, 10)} to ${certificate.valid_to.toISOString().slice(0, 10)}, ${days} days left`
  if (now < certificate.valid_from)
    return fail(area, `${said}: not valid yet`, 'check the clock, or wait')
  if (days < 0)
    return fail(
      area,
      `${said}: ended`,
      'get a new one from UnionPay (CFCA) and put its file into the settings',
    )
  if (material !== 'unknown' && material !== unionpay_env)
    return fail(area, `${said}: not for ${unionpay_env}`, `give the ${unionpay_env} material`)
  if (days < soon_days)
    return warn(
      area,
      said,
      'order a new one now: certificates rotate, and an ended one stops every charge',
    )
  return material === 'unknown'
    ? warn(
        area,
        `${said}: issued by ${certificate.x509.issuer.replaceAll('\n', ', ')}`,
        'neither CFCA nor CFCA TEST made it: compare it with what UnionPay gave you',
      )
    : ok(area, said)
}

/** The keys that UnionPay's notices are checked with. */
export function checkNoticeKeys({ unionpay_notice_key_files }: Settings): Check[] {
  return [
    tryTo(
      'keys of notices',
      () => {
        const count = loadNoticeKeys(unionpay_notice_key_files).length
        return ok(
          'keys',
          unionpay_notice_key_files === null
            ? "notices are checked with UnionPay's published key"
            : `notices are checked with ${count} key(s) of UNIONPAY_NOTICE_KEY_FILES`,
        )
      },
      "give a PEM file with UnionPay's public key, or none for the one it publishes",
    ),
  ]
}

function tryTo(
  whose: string,
  look: () => Check,
  todo = 'give the right file and password (in .env between quotes where it holds a #); npx wugan doctor pfx FILE looks into one',
): Check {
  try {
    return look()
  } catch (error) {
    return stop('keys', `${whose}: ${(error as Error).message}`, todo)
  }
}

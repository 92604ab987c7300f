import { readFileSync } from 'node:fs'
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../kernel/clock.ts'
import type { Settings } from '../settings.ts'
import type { Queryable } from '../storage/database.ts'
import { acpCertificates, type NamedCertificate } from './acp-certificates.ts'
import { callMessage, operationOf, type OnUnionPayCall } from './call-watch.ts'
import { createGateway, type OnGatewayCall } from './gateway/gateway.ts'
import {
  loadCertificates,
  openMerchants,
  readMerchantEntry,
  type Merchant,
} from './gateway/keys.ts'
import { loadProfiles } from './gateway/profile/load-profiles.ts'
import { profileName } from './profile-name.ts'
import type { OpenPool } from './http-pool.ts'
import { readPasswordFile, readSecretFile } from './key-files/read-file.ts'
import { createPayments, type Payments } from './payments.ts'
import { createProfileStore } from './profile-store.ts'
import { createStatements, most_file_bytes, spoolFolder, type Statements } from './statements.ts'

export type AcpParts = {
  settings: Settings
  db: Queryable
  clock: Clock
  plan_ids: readonly string[]
  log: Pick<FastifyBaseLogger, 'info' | 'warn'>
  watch: OnUnionPayCall
  open_pool: OpenPool
}

/**
 * The client of gateway.95516.com with the merchants, keys and charge profile of the settings.
 * Throws a sentence when they are wrong.
 */
export async function openAcpGateway({
  settings,
  db,
  clock,
  plan_ids,
  log,
  watch,
  open_pool,
}: AcpParts): Promise<{
  payments: Payments
  statements: Statements
  certificates: NamedCertificate[]
}> {
  const secure_key =
    settings.acp_secure_key_file === null ? null : readSecretFile(settings.acp_secure_key_file)
  const merchants = openMerchants((settings.acp_merchants ?? []).map(readMerchantEntry), {
    sign_method: settings.acp_sign_method,
    pfx_password: readPassword(settings),
    secure_key,
  })
  const onCall: OnGatewayCall = (call) => {
    log[call.foreign === null ? 'info' : 'warn'](call, callMessage('unionpay payment call', call))
    watch({
      operation: operationOf(call.txn_type),
      outcome: call.outcome,
      code: call.code,
      foreign: call.foreign,
      duration_ms: call.duration_ms,
      order_id: call.order_id,
    })
  }
  const gateway = createGateway({
    base_url: settings.unionpay_gateway_url,
    merchants,
    owner_rule: settings.acp_owner_rule,
    secure_key,
    clock,
    roots: loadCertificates(settings.acp_root_files ?? []),
    middles: loadCertificates(settings.acp_middle_files ?? []),
    answer_timeout_ms: settings.unionpay_timeout_ms,
    connections: 64,
    open_pool,
    files: {
      base_url: settings.unionpay_file_url,
      folder: spoolFolder(settings.data_dir),
      most_file_bytes,
    },
    onCall,
  })
  const profiles = createProfileStore(db)
  if (merchants.length === 0)
    log.warn('ACP_MERCHANTS is empty: contracts are signed and ended, nothing is charged')
  const selected =
    merchants.length === 0
      ? null
      : selectProfile(settings, await profileName(settings, db, log), plan_ids, log)
  const numbers = merchants.map(({ merchant }: Merchant) => merchant)
  const statements = createStatements({
    gateway,
    merchants: numbers,
    clock,
    folder: spoolFolder(settings.data_dir),
  })
  const payments = createPayments({
    gateway,
    merchants: numbers,
    profiles,
    profile_digest: selected === null ? null : await profiles.keep(selected),
    tr_id: settings.acp_tr_id,
    app_id: settings.unionpay_app_id,
    back_url: `${settings.public_url}/notify/payment`,
    front_url: settings.public_url,
    notification_fields: settings.notification_required_fields,
  })
  return { payments, statements, certificates: acpCertificates(merchants, settings) }
}

function selectProfile(
  settings: Settings,
  selected: string,
  plan_ids: readonly string[],
  log: AcpParts['log'],
) {
  const loaded = loadProfiles({
    selected,
    own:
      settings.charge_profiles_file === null
        ? null
        : readFileSync(settings.charge_profiles_file, 'utf8'),
    setting_values: {
      tr_id: settings.acp_tr_id === null ? [] : [settings.acp_tr_id],
      plan_id: plan_ids,
      app_id: [settings.unionpay_app_id],
    },
    production: settings.unionpay_env === 'production',
  })
  for (const warning of loaded.warnings) log.warn(warning)
  log.info({ charge_profile: loaded.selected.name, digest: loaded.digest }, 'charge profile')
  return loaded.selected
}

/** The password of the key files, or the ways in which its file may be meant. */
export const readPassword = ({
  acp_pfx_password,
  acp_pfx_password_file,
}: Pick<Settings, 'acp_pfx_password' | 'acp_pfx_password_file'>): string | readonly string[] =>
  acp_pfx_password_file === null
    ? (acp_pfx_password ?? '')
    : readPasswordFile(acp_pfx_password_file)

import { definitions, type Name, type Settings } from './setting-definitions.ts'

/** What belongs to the sandbox alone. */
const sandboxOnly: readonly Name[] = ['FRAME_ANCESTORS', 'CLOCK_URL', 'SHOP_KEY_FILE']

/** What is wrong between settings that are each well formed, one sentence a fault. */
export function rulesBetween(settings: Settings): string[] {
  const problems = rulesOfCharging(settings)
  if (settings.unionpay_env === 'sandbox') return problems
  for (const name of ['TICKET_SECRET', 'UNIONPAY_APP_ID', 'UNIONPAY_APP_SECRET'] as const) {
    if (settings[name.toLowerCase() as 'ticket_secret'] === definitions[name].sandbox)
      problems.push(`${name} is the sandbox's, which everybody knows; give your own`)
  }
  for (const name of sandboxOnly) {
    if (settings[name.toLowerCase() as keyof Settings])
      problems.push(`${name} belongs to the sandbox; remove it`)
  }
  for (const name of [
    'UNIONPAY_OPEN_URL',
    'UNIONPAY_GATEWAY_URL',
    'UNIONPAY_FILE_URL',
    'UPSDK_URL',
  ] as const) {
    if (isOwnMachine(settings[name.toLowerCase() as 'unionpay_open_url']))
      problems.push(`${name} points at this machine; outside sandbox it must be UnionPay's address`)
  }
  if (!settings.unionpay_notice_key_files && settings.unionpay_env === 'test') {
    problems.push(
      'UNIONPAY_NOTICE_KEY_FILES is missing: the test environment may sign notifications with a key of its own; ask UnionPay',
    )
  }
  if (settings.unionpay_env !== 'production') return problems
  for (const name of [
    'PUBLIC_URL',
    'UNIONPAY_OPEN_URL',
    'UNIONPAY_GATEWAY_URL',
    'UNIONPAY_FILE_URL',
    'UPSDK_URL',
  ] as const) {
    if ((settings[name.toLowerCase() as 'public_url'] as string | undefined)?.startsWith('http:'))
      problems.push(`${name} must begin with https:// in production`)
  }
  return problems
}

/** Without merchant numbers nothing is charged, and nothing of this is needed. */
function rulesOfCharging(settings: Settings): string[] {
  const { acp_merchants, acp_sign_method } = settings
  if (!acp_merchants) return []
  const problems: string[] = []
  if (acp_sign_method === '11' || acp_sign_method === '12') {
    if (settings.acp_secure_key_file === null)
      problems.push(
        `ACP_SECURE_KEY_FILE is missing: signMethod ${acp_sign_method} signs with the shared key`,
      )
    return problems
  }
  const bare = acp_merchants.find((entry) => !entry.includes(':'))
  if (bare) problems.push(`ACP_MERCHANTS "${bare}" needs its key file: ${bare}:/path/to/file.pfx`)
  for (const name of ['acp_root_files', 'acp_middle_files'] as const) {
    if (settings[name] === null)
      problems.push(
        `${name.toUpperCase()} is missing: without the chain anybody could sign for UnionPay`,
      )
  }
  return problems
}

const isOwnMachine = (text: string | undefined): boolean =>
  text !== undefined &&
  /^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])$/.test(new URL(text).hostname)

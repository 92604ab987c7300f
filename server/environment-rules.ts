import { hostOf, isInside, isOwnMachine } from './kernel/host.ts'
import type { Settings } from './settings.ts'

/**
 * What may not stand together in the settings. Each environment refuses what belongs to another: a
 * sandbox that strangers reach, a test that moves real money, a production with what everybody
 * knows.
 */

/** Where the sandbox stands in for UnionPay. */
export const unionpay_names = [
  'UNIONPAY_OPEN_URL',
  'UNIONPAY_GATEWAY_URL',
  'UNIONPAY_FILE_URL',
  'UPSDK_URL',
] as const
const sandbox_only = [
  'FRAME_ANCESTORS',
  'CLOCK_URL',
  'SHOP_KEY_FILE',
  'SANDBOX_ON_PUBLIC_NETWORK',
] as const
const file_names = [
  'UNIONPAY_NOTICE_KEY_FILES',
  'ACP_ROOT_FILES',
  'ACP_MIDDLE_FILES',
  'ACP_SECURE_KEY_FILE',
  'ACP_PFX_PASSWORD_FILE',
] as const

export type Published = Readonly<Record<string, string | null>>
type Environment = Record<string, string | undefined>

/** What to do, for a sandbox on a public network and for one that is not. */
export const inside_rule =
  'in sandbox it must be loopback, private, link-local, one label, .local or .internal. For real payers use UNIONPAY_ENV=test or production; to show a sandbox to others set SANDBOX_ON_PUBLIC_NETWORK=on and secrets of its own'

/**
 * Every problem between the settings of one environment; a setting that is missing or malformed is
 * another's to report.
 */
export function environmentProblems(
  settings: Settings,
  published: Published,
  env: Environment,
): string[] {
  if (!settings.unionpay_env) return []
  if (settings.unionpay_env === 'sandbox') return sandboxProblems(settings, published)
  const problems = [...outsideSandboxProblems(settings, published), ...switchProblems(env)]
  return settings.unionpay_env === 'test'
    ? [...problems, ...testProblems(settings)]
    : [...problems, ...productionProblems(settings, published)]
}

const valueOf = (settings: Settings, name: string): unknown =>
  settings[name.toLowerCase() as keyof Settings]

/** The hosts of settings that hold addresses, as far as they could be read. */
export function hostsOf(settings: Settings, names: readonly string[]): [string, string][] {
  return names.flatMap((name) =>
    [valueOf(settings, name)]
      .flat()
      .filter((value) => typeof value === 'string')
      .map((value): [string, string] => [name, hostOf(value)]),
  )
}

/** Every address of a sandbox that must stay inside. */
export const inside_names = [...unionpay_names, 'CLOCK_URL', 'FRAME_ANCESTORS'] as const

/**
 * UnionPay's own hosts; *.95516.net and everything with a word for testing in its name are of its
 * test environments.
 */
const isUnionPay = (host: string): boolean =>
  /(^|\.)(95516\.(com|net)|unionpay\.com|chinaunionpay\.com)$/.test(host)
const isUnionPayTest = (host: string): boolean =>
  ['101.231.204.80', '101.231.204.84', '218.80.192.213'].includes(host) ||
  /(^|\.)95516\.net$/.test(host) ||
  (isUnionPay(host) && /(^|[.-])(test|uat|sit|dev|beta|pre|demo|sandbox)\d*([.-]|$)/.test(host))
const isUnionPayMoney = (host: string): boolean => /^(gateway|filedownload)\.95516\.com$/.test(host)

function sandboxProblems(settings: Settings, published: Published): string[] {
  const problems = hostsOf(settings, ['PUBLIC_URL', ...inside_names])
    .filter(([, host]) => isUnionPay(host) || isUnionPayTest(host))
    .map(
      ([name, host]) =>
        `${name} is UnionPay's ${host}, and the sandbox simulates UnionPay; use UNIONPAY_ENV=test or production`,
    )
  if (settings.sandbox_on_public_network)
    return [
      ...problems,
      ...publishedSecrets(settings, published, ['TICKET_SECRET', 'UNIONPAY_APP_SECRET']),
    ]
  const ours = hostsOf(settings, ['PUBLIC_URL']).filter(([, host]) => isInside(host) !== true)
  const others = hostsOf(settings, inside_names).filter(
    ([, host]) => isInside(host) === false && !isUnionPayTest(host),
  )
  return [
    ...problems,
    ...[...ours, ...others].map(
      ([name, host]) => `${name} is the public host ${host}; ${inside_rule}`,
    ),
  ]
}

const publishedSecrets = (
  settings: Settings,
  published: Published,
  names: readonly string[],
): string[] =>
  names
    .filter((name) => published[name] !== null && valueOf(settings, name) === published[name])
    .map((name) => `${name} is the sandbox's, which everybody knows; give your own`)

function outsideSandboxProblems(settings: Settings, published: Published): string[] {
  return [
    ...publishedSecrets(settings, published, [
      'TICKET_SECRET',
      'UNIONPAY_APP_ID',
      'UNIONPAY_APP_SECRET',
    ]),
    ...sandbox_only
      .filter((name) => valueOf(settings, name))
      .map((name) => `${name} belongs to the sandbox; remove it`),
    ...hostsOf(settings, unionpay_names)
      .filter(([, host]) => isOwnMachine(host))
      .map(
        ([name]) => `${name} points at this machine; outside sandbox it must be UnionPay's address`,
      ),
    ...file_names
      .filter((name) => [valueOf(settings, name)].flat().some(isSandboxFile))
      .map((name) => `${name} names a file that the sandbox made; give UnionPay's`),
  ]
}

const isSandboxFile = (file: unknown): boolean =>
  typeof file === 'string' && /[\\/]sandbox[\\/]/.test(file)

/** Switches of Node that take away what everything else rests on. */
function switchProblems(env: Environment): string[] {
  const problems: string[] = []
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0')
    problems.push('NODE_TLS_REJECT_UNAUTHORIZED=0 believes every TLS certificate; remove it')
  if (env.NODE_DEBUG)
    problems.push('NODE_DEBUG writes requests with their secrets to the log; remove it')
  return problems
}

function testProblems(settings: Settings): string[] {
  const problems = hostsOf(settings, ['UNIONPAY_GATEWAY_URL', 'UNIONPAY_FILE_URL'])
    .filter(([, host]) => isUnionPayMoney(host))
    .map(
      ([name, host]) =>
        `${name} is UnionPay's production ${host}, where money is real; with UNIONPAY_ENV=test remove it`,
    )
  if (!settings.unionpay_notice_key_files)
    problems.push(
      'UNIONPAY_NOTICE_KEY_FILES is missing: the test environment may sign notifications with a key of its own; ask UnionPay',
    )
  return problems
}

function productionProblems(settings: Settings, published: Published): string[] {
  const addresses = ['PUBLIC_URL', ...unionpay_names] as const
  const problems = [
    ...addresses
      .filter((name) => (valueOf(settings, name) as string | undefined)?.startsWith('http:'))
      .map((name) => `${name} must begin with https:// in production`),
    ...hostsOf(settings, unionpay_names)
      .filter(([, host]) => isUnionPayTest(host))
      .map(
        ([name, host]) =>
          `${name} is UnionPay's test host ${host}; in production remove it, or give UnionPay's production address`,
      ),
    ...hostsOf(settings, ['PUBLIC_URL'])
      .filter(([, host]) => isOwnMachine(host))
      .map(
        () => 'PUBLIC_URL points at this machine; give the address that payers and UnionPay use',
      ),
    ...publishedSecrets(settings, published, ['ACP_TR_ID', 'MERCHANT_NAME', 'MERCHANT_PHONE']),
    ...(settings.acp_merchants ?? [])
      .map((entry) => entry.slice(0, 15))
      .filter(isKnownMerchant)
      .map(
        (merchant) =>
          `ACP_MERCHANTS ${merchant} is a number of the sandbox or of UnionPay's tests; give your own`,
      ),
  ]
  if (settings.acp_owner_rule === 'test')
    problems.push(
      "ACP_OWNER_RULE is test, and UnionPay's old test certificates would be believed; in production set ACP_OWNER_RULE=strict",
    )
  if (settings.database_url === null)
    problems.push(
      'DATABASE_URL is missing: the embedded database is for trying out; production needs a PostgreSQL that somebody backs up',
    )
  return problems
}

/**
 * The sandbox's merchant numbers, and UnionPay's published ones, of which everybody has the key
 * (ACP §10).
 */
const isKnownMerchant = (merchant: string): boolean =>
  /^(89831014816056[89]|777\d{12}|700000000000001)$/.test(merchant)

/** Without merchant numbers nothing is charged, and nothing of this is needed. */
export function chargingProblems(settings: Settings): string[] {
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

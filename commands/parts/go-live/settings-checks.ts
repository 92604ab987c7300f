import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { inspectSettings, type Settings } from '../../../server/settings.ts'
import { startProblems } from '../../../server/start-settings.ts'
import { fail, lack, ok, warn, type Check } from '../../../server/offline-checks/check.ts'
import { ifRead } from '../../../server/offline-checks/run.ts'

/**
 * The settings as far as they could be read, and everything that is wrong with them. What stops a
 * start stands here too.
 */
export async function checkSettings(
  env: Record<string, string | undefined>,
): Promise<{ settings: Settings; checks: Check[] }> {
  const { settings, problems } = inspectSettings(env)
  const further = await startProblems(settings)
  const wrong = [
    ...problems.map((problem) =>
      fail(
        'settings',
        problem,
        '.env.example explains it; what needs this setting could not be looked at',
      ),
    ),
    ...further.map((problem) =>
      fail('settings', problem, 'the server does not start with it; .env.example explains it'),
    ),
  ]
  return {
    settings,
    checks: [
      ...(wrong.length === 0 ? [ok('settings', 'complete and well-formed')] : wrong),
      ...[environment, pages, fees, proxies, level].flatMap((check) => ifRead(settings, check)),
    ],
  }
}

function environment({ unionpay_env }: Settings): Check[] {
  if (unionpay_env === 'production') return [ok('settings', 'UNIONPAY_ENV is production')]
  if (unionpay_env === 'test')
    return [
      warn(
        'settings',
        "UNIONPAY_ENV is test: UnionPay's test environment, no real money",
        'run this again with the production settings',
      ),
    ]
  return [
    fail(
      'settings',
      'UNIONPAY_ENV is sandbox: everything is simulated on this machine',
      'set UNIONPAY_ENV=test, later production, with what UnionPay gave you',
    ),
  ]
}

function pages({ web_dir }: Settings): Check[] {
  return [
    existsSync(join(web_dir, 'index.html'))
      ? ok('settings', `the pages are built (${web_dir})`)
      : fail('settings', `${web_dir} holds no built pages`, 'npm run build'),
  ]
}

/** Settings that are allowed and that a merchant with real payers should have thought about. */
function fees({ acp_merchants, merchant_fees }: Settings): Check[] {
  if (!acp_merchants || merchant_fees) return []
  return [
    warn(
      'settings',
      'MERCHANT_FEES is empty: the statement cannot be checked against what you agreed',
      "set each merchant number's rate",
    ),
  ]
}

function proxies({ trusted_proxies, unionpay_env }: Settings): Check[] {
  if (trusted_proxies !== 0 || unionpay_env === 'sandbox') return []
  return [
    warn(
      'settings',
      'TRUSTED_PROXIES is 0',
      'with a proxy before the server all payers would share one rate limit: set how many there are',
    ),
  ]
}

function level({ log_level, unionpay_env }: Settings): Check[] {
  if (log_level !== 'silent' && log_level !== 'fatal') return []
  return [
    lack(
      unionpay_env === 'production',
      'settings',
      `LOG_LEVEL is ${log_level}: no alarm is ever seen`,
      'set LOG_LEVEL=info',
    ),
  ]
}

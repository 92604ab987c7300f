import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { inspectSettings, type Settings } from '../../../server/settings.ts'
import { startProblems } from '../../../server/start-settings.ts'
import { fail, lack, ok, warn, type Check } from './check.ts'

/** The settings, or everything that is wrong with them: then nothing else can be looked at. What stops a start stands here too. */
export async function checkSettings(
  env: Record<string, string | undefined>,
): Promise<{ settings: Settings | null; checks: Check[] }> {
  const { settings, problems } = inspectSettings(env)
  if (problems.length > 0)
    return {
      settings: null,
      checks: problems.map((problem) =>
        fail(
          'settings',
          problem,
          '.env.example explains it; the other checks need it and were left out',
        ),
      ),
    }
  const further = await startProblems(settings)
  return {
    settings,
    checks: [
      ...(further.length === 0 ? [ok('settings', 'complete and well-formed')] : []),
      ...further.map((problem) =>
        fail('settings', problem, 'the server does not start with it; .env.example explains it'),
      ),
      environment(settings),
      pages(settings),
      ...rules(settings),
    ],
  }
}

function environment({ unionpay_env }: Settings): Check {
  if (unionpay_env === 'production') return ok('settings', 'UNIONPAY_ENV is production')
  if (unionpay_env === 'test')
    return warn(
      'settings',
      "UNIONPAY_ENV is test: UnionPay's test environment, no real money",
      'run this again with the production settings',
    )
  return fail(
    'settings',
    'UNIONPAY_ENV is sandbox: everything is pretended on this machine',
    'set UNIONPAY_ENV=test, later production, with what UnionPay gave you',
  )
}

function pages({ web_dir }: Settings): Check {
  return existsSync(join(web_dir, 'index.html'))
    ? ok('settings', `the pages are built (${web_dir})`)
    : fail('settings', `${web_dir} holds no built pages`, 'npm run build')
}

/** Settings that are allowed and that a merchant with real payers should have thought about. */
function rules(settings: Settings): Check[] {
  const checks: Check[] = []
  const production = settings.unionpay_env === 'production'
  if (settings.acp_merchants && !settings.merchant_fees) {
    checks.push(
      warn(
        'settings',
        'MERCHANT_FEES is empty: the statement cannot be checked against what you agreed',
        "set each merchant number's rate",
      ),
    )
  }
  if (settings.trusted_proxies === 0 && settings.unionpay_env !== 'sandbox') {
    checks.push(
      warn(
        'settings',
        'TRUSTED_PROXIES is 0',
        'with a proxy before the server all payers would share one rate limit: set how many there are',
      ),
    )
  }
  if (settings.log_level === 'silent' || settings.log_level === 'fatal')
    checks.push(
      lack(
        production,
        'settings',
        `LOG_LEVEL is ${settings.log_level}: no alarm is ever seen`,
        'set LOG_LEVEL=info',
      ),
    )
  return checks
}

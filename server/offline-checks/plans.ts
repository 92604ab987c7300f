import { readFileSync } from 'node:fs'
import { readCatalogue } from '../plans/catalogue.ts'
import { isExamplePlan, type Plan } from '../plans/plan.ts'
import type { Settings } from '../settings.ts'
import { fail, lack, ok, stop, warn, type Check } from './check.ts'

/** The plan catalogue against what the application form asks and what the settings can serve. */
export function checkPlans(settings: Settings): Check[] {
  const { plans, problems } = read(settings.plans_file)
  if (problems.length > 0)
    return problems.map((problem) =>
      stop(
        'plans',
        `PLANS_FILE ${settings.plans_file}: ${problem}`,
        'mend the file; npx wugan doctor plans',
      ),
    )
  const found = [
    examples(plans, settings),
    notices(plans, settings),
    ...merchants(plans, settings),
    renewals(plans, settings),
    unannounced(plans, settings),
  ].filter((one) => one !== null)
  return found.length === 0
    ? [ok('plans', `${plans.length} plans, each with what 附录1 asks`)]
    : found
}

function read(file: string): ReturnType<typeof readCatalogue> {
  try {
    return readCatalogue(readFileSync(file, 'utf8'))
  } catch (error) {
    return { plans: [], problems: [(error as Error).message] }
  }
}

const titles = (plans: readonly Plan[]): string => plans.map(({ title }) => title).join(', ')
const isProduction = ({ unionpay_env }: Settings): boolean => unionpay_env === 'production'

function examples(plans: readonly Plan[], settings: Settings): Check | null {
  const some = plans.filter(isExamplePlan)
  if (some.length === 0) return null
  return lack(
    settings.unionpay_env !== 'sandbox',
    'plans',
    `${some.length} example plan(s) of plans.yaml: ${titles(some)}`,
    'replace them by your own plans with the plan_id UnionPay gave you',
  )
}

function notices(plans: readonly Plan[], settings: Settings): Check | null {
  const address = `${settings.public_url}/notify/termination`
  const some = plans.filter((plan) => plan.termination_notice_url !== address)
  if (some.length === 0) return null
  return lack(
    isProduction(settings),
    'plans',
    `解约结果通知地址 of ${titles(some)} is ${some[0]?.termination_notice_url}; this server listens at ${address}`,
    'have UnionPay change the address, or correct plans.yaml',
  )
}

function merchants(plans: readonly Plan[], { acp_merchants }: Settings): Check[] {
  if (!acp_merchants) return []
  const held = acp_merchants.map((entry) => entry.slice(0, 15))
  return plans.flatMap((plan) =>
    (plan.fixed_merchants ?? [])
      .filter((merchant) => !held.includes(merchant))
      .map((merchant) =>
        fail(
          'plans',
          `${plan.title}: no key for its merchant number ${merchant}`,
          'add it to ACP_MERCHANTS: its charges are refused',
        ),
      ),
  )
}

function renewals(plans: readonly Plan[], settings: Settings): Check | null {
  const some = plans.filter(
    (plan) =>
      plan.notice_days === null && /续期|续费|自动续/.test(`${plan.sub_scenario}${plan.title}`),
  )
  return some.length === 0
    ? null
    : lack(
        isProduction(settings),
        'plans',
        `renews, and has no notice_days: ${titles(some)}`,
        'set notice_days: 5 (docs/debit-notices.md)',
      )
}

function unannounced(plans: readonly Plan[], { debit_notice_rule }: Settings): Check | null {
  const some = plans.filter((plan) => plan.notice_days !== null)
  if (some.length === 0 || debit_notice_rule === 'refuse') return null
  return warn(
    'plans',
    `DEBIT_NOTICE_RULE=record: a renewal that nobody announced is debited (${titles(some)})`,
    'set DEBIT_NOTICE_RULE=refuse once every debit is announced',
  )
}

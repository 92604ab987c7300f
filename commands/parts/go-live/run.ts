import { readAddresses, serverEnvironment } from '../environments.ts'
import { checkAddresses } from './address-checks.ts'
import { checkChain } from './chain-checks.ts'
import type { Check } from './check.ts'
import { checkClock } from './clock-checks.ts'
import { checkKeys } from './key-checks.ts'
import { checkPlans } from './plan-checks.ts'
import { checkProfile } from './profile-checks.ts'
import { checkSettings } from './settings-checks.ts'
import { checkStorage } from './storage-checks.ts'

/** Everything of the way to real payers that a program can check from the settings, in the order of docs/go-live.md. Changes nothing. */
export async function checkGoLive(env: Record<string, string | undefined>): Promise<Check[]> {
  const in_sandbox = (env.UNIONPAY_ENV || 'sandbox') === 'sandbox'
  const { settings, checks } = await checkSettings(
    in_sandbox ? serverEnvironment(readAddresses(env), env) : env,
  )
  if (!settings) return checks
  const [addresses, clock, storage] = await Promise.all([
    checkAddresses(settings),
    checkClock(settings),
    checkStorage(settings),
  ])
  return [
    ...checks,
    ...addresses,
    ...clock,
    ...checkKeys(settings),
    ...checkChain(settings),
    ...checkProfile(settings),
    ...checkPlans(settings),
    ...storage,
  ]
}

import { checkOffline, ifReadLater } from '../../../server/offline-checks/run.ts'
import type { Check } from '../../../server/offline-checks/check.ts'
import { environmentOf } from '../../../server/settings.ts'
import { readAddresses, serverEnvironment } from '../environments.ts'
import { checkOurs, checkSchemes } from './address-checks.ts'
import { checkClock } from './clock-checks.ts'
import { checkSettings } from './settings-checks.ts'
import { checkStorage } from './storage-checks.ts'

/**
 * Everything of the way to real payers that a program can check from the settings, in the order of
 * docs/go-live.md. Changes nothing. A setting that could not be read takes only those checks away
 * that need it.
 */
export async function checkGoLive(env: Record<string, string | undefined>): Promise<Check[]> {
  const { settings, checks } = await checkSettings(
    environmentOf(env) === 'sandbox' ? serverEnvironment(readAddresses(env), env) : env,
  )
  const [addresses, clock, storage] = await Promise.all([
    ifReadLater(settings, checkOurs),
    ifReadLater(settings, checkClock),
    ifReadLater(settings, checkStorage),
  ])
  return [
    ...checks,
    ...checkSchemes(settings),
    ...addresses,
    ...clock,
    ...checkOffline(settings),
    ...storage,
  ]
}

import { existsSync, readFileSync } from 'node:fs'
import { readCatalogue } from '../plans/catalogue.ts'
import { defaultProfile } from '../unionpay/gateway/profile/built-in.ts'
import { loadProfiles } from '../unionpay/gateway/profile/load-profiles.ts'
import type { Settings } from '../settings.ts'
import { lack, ok, stop, type Check } from './check.ts'

/**
 * How a contract number is charged: a profile that fits the settings and that UnionPay's own
 * document confirmed (ACP §3.3).
 */
export function checkProfile(settings: Settings): Check[] {
  if (!settings.acp_merchants) return []
  try {
    const { selected } = loadProfiles({
      selected: settings.charge_profile ?? defaultProfile,
      own:
        settings.charge_profiles_file === null
          ? null
          : readFileSync(settings.charge_profiles_file, 'utf8'),
      production: true,
      setting_values: {
        tr_id: settings.acp_tr_id === null ? [] : [settings.acp_tr_id],
        plan_id: planIds(settings.plans_file),
        app_id: 'unionpay_app_id' in settings ? [settings.unionpay_app_id] : [],
      },
    })
    if (selected.confirmedByUnionPay === true)
      return [ok('profile', `charge profile "${selected.name}", confirmed by UnionPay`)]
    return [
      lack(
        settings.unionpay_env === 'production',
        'profile',
        `charge profile "${selected.name}" is not confirmed by UnionPay: what is known of this message comes from one public client or is a guess`,
        'compare it with the document UnionPay gave you, then write it into CHARGE_PROFILES_FILE with "confirmedByUnionPay": true',
      ),
    ]
  } catch (error) {
    return (error as Error).message
      .split('\n')
      .map((problem) =>
        stop(
          'profile',
          `CHARGE_PROFILE: ${problem}`,
          'npx wugan doctor profiles FILE looks into one',
        ),
      )
  }
}

/** What is wrong with the catalogue is said of the catalogue. */
function planIds(file: string): string[] {
  if (!existsSync(file)) return []
  return readCatalogue(readFileSync(file, 'utf8')).plans.map(({ plan_id }) => plan_id)
}

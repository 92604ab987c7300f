import type { FastifyBaseLogger } from 'fastify'
import { SettingsProblem, type Settings } from '../settings.ts'
import type { Queryable } from '../storage/database.ts'
import { builtInProfiles, defaultProfile } from './gateway/profile/built-in.ts'

/**
 * The charge profile of new charges: the setting, or the default. A default that changed must not
 * change how a running business charges: a database whose last charge was made under another
 * profile stops the start until somebody says which. In the sandbox, where every built-in profile
 * works, it is a warning. Throws SettingsProblem.
 */
export async function profileName(
  { charge_profile, unionpay_env }: Pick<Settings, 'charge_profile' | 'unionpay_env'>,
  db: Queryable,
  log: Pick<FastifyBaseLogger, 'warn'>,
): Promise<string> {
  if (charge_profile !== null) return charge_profile
  const last = await findLastProfile(db)
  if (last === null || last === defaultProfile) return defaultProfile
  const own = builtInProfiles.some(({ name }) => name === last)
    ? ''
    : ', a profile of CHARGE_PROFILES_FILE'
  const sentence = `CHARGE_PROFILE is not set, and the last charge in this database was made under "${last}"${own}; the default is "${defaultProfile}". Set CHARGE_PROFILE=${last} to charge as before, or CHARGE_PROFILE=${defaultProfile} to change it`
  if (unionpay_env !== 'sandbox') throw new SettingsProblem([sentence])
  log.warn(sentence)
  return defaultProfile
}

async function findLastProfile(db: Queryable): Promise<string | null> {
  const { rows } = await db.query<{ name: string }>(
    `select p.name from (select profile_digest from charges order by order_id desc limit 1) c join charge_profiles p on p.digest = c.profile_digest`,
  )
  return rows[0]?.name ?? null
}

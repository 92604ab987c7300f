import { builtInProfiles } from './built-in.ts'
import { profileDigest, type ChargeProfile, type ValueName } from './charge-profile.ts'
import { checkMeaning } from './check-meaning.ts'
import { checkShape, isRecord } from './check-shape.ts'
import { ProfileProblems, type ProfileProblem } from './problems.ts'
import { valuesUsed, whatIsWrong } from './render-charge.ts'

export type ProfileSettings = {
  selected: string
  /**
   * the text of the merchant's own file: one profile, a list, or {"profiles": […]}; null when there
   * is none
   */
  own: string | null
  /**
   * every value a setting may take: the trId of each merchant, the plan_id of each plan, the appId
   */
  setting_values: Readonly<Partial<Record<ValueName, readonly string[]>>>
  production: boolean
}

export type LoadedProfiles = {
  selected: ChargeProfile
  digest: string
  all: ReadonlyMap<string, ChargeProfile>
  /** sentences to be logged at start */
  warnings: readonly string[]
}

/**
 * Reads and checks the built-in profiles and the merchant's (ACP §3.3). Throws ProfileProblems with
 * every mistake at once.
 */
export function loadProfiles({
  selected,
  own,
  setting_values,
  production,
}: ProfileSettings): LoadedProfiles {
  const { profiles, problems } = readProfiles(own)
  const all = new Map([...builtInProfiles, ...profiles].map((profile) => [profile.name, profile]))
  const found = all.get(selected)
  if (!found && !problems.some((one) => one.profile === selected)) {
    problems.push({
      profile: selected,
      key: 'name',
      found: undefined,
      allowed: [...all.keys()].join(', '),
    })
  }
  if (found) problems.push(...checkSettingValues(found, setting_values))
  if (!found || problems.length > 0) throw new ProfileProblems(problems)
  const unconfirmed = production && found.confirmedByUnionPay !== true
  const warnings = unconfirmed
    ? [
        `charge profile "${found.name}" is not marked "confirmedByUnionPay": true; compare it with your UnionPay document`,
      ]
    : []
  return { selected: found, digest: profileDigest(found), all, warnings }
}

/** The profiles of a file that are right, and everything that is wrong with the others. Pure. */
export function readProfiles(own: string | null): {
  profiles: ChargeProfile[]
  problems: ProfileProblem[]
} {
  const problems: ProfileProblem[] = []
  const profiles: ChargeProfile[] = []
  const taken = new Set(builtInProfiles.map((one) => one.name))
  for (const [place, entry] of entriesOf(own, problems).entries()) {
    const name =
      isRecord(entry) && typeof entry.name === 'string' ? entry.name : `(number ${place + 1})`
    if (!isRecord(entry)) {
      problems.push({ profile: name, key: '(whole)', found: entry, allowed: 'an object' })
      continue
    }
    if (taken.has(name))
      problems.push({
        profile: name,
        key: 'name',
        found: name,
        allowed: 'a name no other profile has',
      })
    taken.add(name)
    const wrong = checkShape(entry, name)
    wrong.push(...checkMeaning(readable(entry, name), wrong.length === 0))
    if (wrong.length === 0) profiles.push({ values: {}, ...entry } as unknown as ChargeProfile)
    problems.push(...wrong)
  }
  return { profiles, problems }
}

/**
 * What of a profile has a shape that its meaning can be looked at, so that every mistake is
 * reported at once.
 */
function readable(entry: Record<string, unknown>, name: string): ChargeProfile {
  const texts = Object.entries(isRecord(entry.fields) ? entry.fields : {}).filter(
    ([, text]) => typeof text === 'string',
  )
  return {
    ...entry,
    name,
    fields: Object.fromEntries(texts),
    values: isRecord(entry.values) ? entry.values : {},
  } as unknown as ChargeProfile
}

function entriesOf(own: string | null, problems: ProfileProblem[]): unknown[] {
  if (own === null) return []
  try {
    const read = JSON.parse(own) as unknown
    if (Array.isArray(read)) return read
    return isRecord(read) && Array.isArray(read.profiles) ? read.profiles : [read]
  } catch (error) {
    problems.push({
      profile: '(file)',
      key: '(whole)',
      found: (error as Error).message,
      allowed: 'JSON',
    })
    return []
  }
}

/** Every setting the profile needs is there and of its form. */
function checkSettingValues(
  profile: ChargeProfile,
  given: ProfileSettings['setting_values'],
): ProfileProblem[] {
  return valuesUsed(profile)
    .filter((name) => profile.values[name]?.from === 'setting')
    .flatMap((name): ProfileProblem[] => {
      const pattern = profile.values[name]?.pattern ?? ''
      const key = `the setting for {${name}}`
      const values = given[name] ?? []
      if (values.length === 0)
        return [{ profile: profile.name, key, found: undefined, allowed: pattern }]
      return values
        .filter((value) => whatIsWrong(value, pattern) !== null)
        .map((found) => ({ profile: profile.name, key, found, allowed: pattern }))
    })
}

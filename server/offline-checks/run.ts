import { existsSync } from 'node:fs'
import type { Settings } from '../settings.ts'
import { checkCertificateFiles, checkChain } from './chain.ts'
import type { Check } from './check.ts'
import { checkMerchants, checkNoticeKeys, checkSharedKey } from './keys.ts'
import { checkPlans } from './plans.ts'
import { checkProfile } from './profile.ts'

/** A setting that is missing, malformed, or names a file that is only made later. */
class Unread extends Error {}

type OfflineCheck = (settings: Settings) => Check[]

/** These open the files of keys and certificates. */
const of_files: readonly OfflineCheck[] = [
  checkMerchants,
  checkSharedKey,
  checkNoticeKeys,
  ...checkCertificateFiles,
  checkChain,
]
const of_texts: readonly OfflineCheck[] = [checkProfile, checkPlans]

/**
 * Everything that can be judged from the settings and the files that they name, without a network:
 * by the start and by the doctor. A check that needs a setting which could not be read is left out;
 * the others go on. `made_later`: a folder whose files the sandbox makes at its first start.
 */
export function checkOffline(settings: Settings, made_later: string | null = null): Check[] {
  return [
    ...of_files.flatMap((check) => ifRead(settings, check, made_later)),
    ...of_texts.flatMap((check) => ifRead(settings, check)),
  ]
}

/**
 * Runs a check on the settings that could be read; nothing where it needs another, whatever it made
 * of that.
 */
export function ifRead<Found>(
  settings: Settings,
  check: (settings: Settings) => Found[],
  made_later: string | null = null,
): Found[] {
  const guarded = guard(settings, made_later)
  try {
    const found = check(guarded.settings)
    return guarded.isUnread() ? [] : found
  } catch (error) {
    if (error instanceof Unread) return []
    throw error
  }
}

/** The same for a check that asks the network. */
export async function ifReadLater<Found>(
  settings: Settings,
  check: (settings: Settings) => Promise<Found[]>,
): Promise<Found[]> {
  const guarded = guard(settings, null)
  try {
    const found = await check(guarded.settings)
    return guarded.isUnread() ? [] : found
  } catch (error) {
    if (error instanceof Unread) return []
    throw error
  }
}

function guard(
  settings: Settings,
  made_later: string | null,
): { settings: Settings; isUnread(): boolean } {
  let is_unread = false
  const guarded = new Proxy(settings, {
    get(target, name) {
      const value = target[name as keyof Settings]
      const is_made_later =
        made_later !== null && [value].flat().some((one) => isMissing(one, made_later))
      if (name in target && !is_made_later) return value
      is_unread = true
      throw new Unread(String(name))
    },
  })
  return { settings: guarded, isUnread: () => is_unread }
}

const isMissing = (value: unknown, folder: string): boolean => {
  if (typeof value !== 'string') return false
  const file = value.slice(value.indexOf(folder))
  return value.includes(folder) && !existsSync(file)
}

/** What stops a start, as it is said there. */
export const sentencesOf = (checks: readonly Check[]): { stops: string[]; remarks: string[] } => {
  const say = ({ what, todo }: Check): string => (todo === null ? what : `${what}; ${todo}`)
  return {
    stops: checks.filter(({ stops }) => stops).map(say),
    remarks: checks.filter(({ state, stops }) => state !== 'ok' && !stops).map(say),
  }
}

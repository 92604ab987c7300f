import type { Queryable } from '../storage/database.ts'
import { profileDigest, type ChargeProfile } from './gateway/profile/charge-profile.ts'

/**
 * Charge profiles by what they say: a charge keeps the codes it was made with, whatever is selected
 * today.
 */
export type ProfileStore = {
  /** Keeps a profile; charges can name it from then on. Returns its digest. */
  keep(profile: ChargeProfile): Promise<string>
  /** Throws when nobody ever kept it: then a charge could not name it either. */
  find(digest: string): Promise<ChargeProfile>
}

export function createProfileStore(db: Queryable): ProfileStore {
  const known = new Map<string, ChargeProfile>()
  return {
    async keep(profile) {
      const digest = profileDigest(profile)
      await db.query(
        `insert into charge_profiles (digest, name, body) values ($1, $2, $3) on conflict (digest) do nothing`,
        [digest, profile.name, profile],
      )
      known.set(digest, profile)
      return digest
    },
    async find(digest) {
      const kept = known.get(digest)
      if (kept) return kept
      const { rows } = await db.query<{ body: ChargeProfile }>(
        `select body from charge_profiles where digest = $1`,
        [digest],
      )
      if (!rows[0]) throw new Error(`charge profile ${digest} is not kept`)
      known.set(digest, rows[0].body)
      return rows[0].body
    },
  }
}

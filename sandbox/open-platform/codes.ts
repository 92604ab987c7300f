import type { SandboxClock } from '../clock.ts'
import { randomCode } from '../random.ts'
import type { Database } from '../store/database.ts'

/** What a user consented to. `plan_id` only for `upapi_contract`; null there: any plan. */
export type Grant = { user_id: string; scope: string; plan_id: string | null }

export type Codes = {
  issue(grant: Grant, life_ms: number): string
  /** Uses up the code. Null when it is unknown, expired or used (a31). */
  redeem(code: string): Grant | null
  /** The owner of a code, without using it. */
  ownerOf(code: string): string | null
}

const retainedAfterExpiryMs = 86_400_000 // the journal still names the owner of a code that arrived too late

export function createCodes(database: Database, clock: SandboxClock): Codes {
  const insert = database.prepare(
    'INSERT INTO codes (code, user_id, scope, plan_id, expires_at) VALUES (?, ?, ?, ?, ?)',
  )
  const use = database.prepare(
    'UPDATE codes SET used = 1 WHERE code = ? AND used = 0 AND expires_at > ? RETURNING user_id, scope, plan_id',
  )
  const removeExpired = database.prepare('DELETE FROM codes WHERE expires_at < ?')
  const owner = database.prepare('SELECT user_id FROM codes WHERE code = ?')
  return {
    issue(grant, life_ms) {
      const code = randomCode()
      removeExpired.run(clock.nowMs() - retainedAfterExpiryMs)
      insert.run(code, grant.user_id, grant.scope, grant.plan_id, clock.nowMs() + life_ms)
      return code
    },
    redeem: (code) => (use.get(code, clock.nowMs()) as Grant | undefined) ?? null,
    ownerOf: (code) => (owner.get(code)?.user_id as string | undefined) ?? null,
  }
}

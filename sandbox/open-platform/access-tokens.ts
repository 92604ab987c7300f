import type { SandboxClock } from '../clock.ts'
import { randomBase64 } from '../random.ts'
import type { Database } from '../store/database.ts'
import type { Grant } from './codes.ts'

export const accessTokenLifeS = 3_600

export type AccessTokens = {
  issue(grant: Grant): string
  /** Null when unknown or expired (BC2127). */
  read(token: string): Grant | null
}

/**
 * accessToken: what a code is exchanged for; 72 bytes give the 96 characters observed live (open
 * platform §3.4).
 */
export function createAccessTokens(database: Database, clock: SandboxClock): AccessTokens {
  const insert = database.prepare(
    'INSERT INTO access_tokens (token, user_id, scope, plan_id, expires_at) VALUES (?, ?, ?, ?, ?)',
  )
  const removeExpired = database.prepare('DELETE FROM access_tokens WHERE expires_at <= ?')
  const read = database.prepare(
    'SELECT user_id, scope, plan_id FROM access_tokens WHERE token = ? AND expires_at > ?',
  )
  return {
    issue(grant) {
      const token = randomBase64(72)
      removeExpired.run(clock.nowMs())
      insert.run(
        token,
        grant.user_id,
        grant.scope,
        grant.plan_id,
        clock.nowMs() + accessTokenLifeS * 1000,
      )
      return token
    },
    read: (token) => (read.get(token, clock.nowMs()) as Grant | undefined) ?? null,
  }
}

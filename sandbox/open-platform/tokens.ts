import type { SandboxClock } from '../clock.ts'
import { randomBase64 } from '../random.ts'
import type { Database } from '../store/database.ts'
import type { SwitchBoard } from '../switches.ts'

export type TokenKind = 'backendToken' | 'frontToken'
export type TokenView = { kind: TokenKind; token: string; issued_at: string; expires_at: string }

export type Tokens = {
  /** Issues a new token; the previous one becomes invalid (open platform §2.3). */
  issue(kind: TokenKind): { token: string; life_s: number }
  isCurrent(kind: TokenKind, token: string): boolean
  /** The valid token, or null. */
  current(kind: TokenKind): string | null
  /**
   * True when the app asked too often and is blocked for a while (§2.3: "blacklist"). Counts this
   * request.
   */
  askedTooOften(kind: TokenKind): boolean
  all(): TokenView[]
}

export function createTokens(
  database: Database,
  clock: SandboxClock,
  switches: SwitchBoard,
): Tokens {
  const put = database.prepare(
    `INSERT INTO app_tokens (kind, token, issued_at, expires_at) VALUES (?, ?, ?, ?) ON CONFLICT (kind)
     DO UPDATE SET token = excluded.token, issued_at = excluded.issued_at, expires_at = excluded.expires_at`,
  )
  const live = database.prepare('SELECT token FROM app_tokens WHERE kind = ? AND expires_at > ?')
  const all = database.prepare('SELECT * FROM app_tokens ORDER BY kind')
  const count = database.prepare(
    'SELECT count(*) AS n FROM token_requests WHERE kind = ? AND asked_at > ?',
  )
  const note = database.prepare('INSERT INTO token_requests (kind, asked_at) VALUES (?, ?)')
  const removeExpired = database.prepare('DELETE FROM token_requests WHERE asked_at <= ?')
  const current = (kind: TokenKind): string | null =>
    (live.get(kind, clock.nowMs())?.token as string | undefined) ?? null
  return {
    issue(kind) {
      const life_s = switches.read().token_life_s
      const token = randomBase64(16)
      const now = clock.nowMs()
      put.run(kind, token, now, now + life_s * 1000)
      return { token, life_s }
    },
    current,
    isCurrent: (kind, token) => current(kind) === token,
    askedTooOften(kind) {
      const { token_requests_per_minute: allowed, token_blacklist_ms } = switches.read()
      const now = clock.nowMs()
      const blacklisted = `${kind} shut out`
      if (Number(count.get(blacklisted, now)?.n) > 0) return true // such a row holds the end of the block
      removeExpired.run(now - 60_000)
      note.run(kind, now)
      if (Number(count.get(kind, now - 60_000)?.n) <= allowed) return false
      note.run(blacklisted, now + token_blacklist_ms)
      return true
    },
    all: () =>
      all.all().map((row) => ({
        kind: row.kind as TokenKind,
        token: row.token as string,
        issued_at: new Date(row.issued_at as number).toISOString(),
        expires_at: new Date(row.expires_at as number).toISOString(),
      })),
  }
}

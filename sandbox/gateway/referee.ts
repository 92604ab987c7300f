import type { SandboxClock } from '../clock.ts'
import { inTransaction, type Database } from '../store/database.ts'
import type { SwitchBoard } from '../switches.ts'

/** A merchant waits this long after the charge ended, and between two queries of one order (acp-gateway §6.2). */
export const patienceMs = 5 * 60_000

export type Offender = { merchant: string; violations: number; last_order_id: string; last_reason: string; last_at: string; blacklisted_at: string | null }
export type Pace = { ended_at: number | null; last_query_at: number | null; queries: number; violations: number }
export type Verdict = { allowed: boolean; reason: string | null }

export type Referee = {
  /** The money request of an order came in or ended; the last word counts. */
  ended(merchant: string, order_id: string): void
  /** Judges one query and remembers it. A violation and a blacklisted merchant are answered with 37. */
  judge(merchant: string, order_id: string): Verdict
  paceOf(merchant: string, order_id: string): Pace | null
  offenders(): Offender[]
  forgive(merchant: string): boolean
}

export function createReferee(database: Database, clock: SandboxClock, switches: SwitchBoard): Referee {
  const end = database.prepare(
    `INSERT INTO pacing (merchant, order_id, ended_at) VALUES (?, ?, ?)
     ON CONFLICT (merchant, order_id) DO UPDATE SET ended_at = excluded.ended_at WHERE last_query_at IS NULL`,
  )
  const pace = database.prepare('SELECT ended_at, last_query_at, queries, violations FROM pacing WHERE merchant = ? AND order_id = ?')
  const ask = database.prepare(
    `INSERT INTO pacing (merchant, order_id, last_query_at, queries, violations) VALUES (?, ?, ?, 1, ?)
     ON CONFLICT (merchant, order_id) DO UPDATE SET last_query_at = excluded.last_query_at, queries = queries + 1,
       violations = violations + excluded.violations`,
  )
  const offend = database.prepare(
    `INSERT INTO offenders (merchant, violations, last_order_id, last_reason, last_at) VALUES (?, 1, ?, ?, ?)
     ON CONFLICT (merchant) DO UPDATE SET violations = violations + 1, last_order_id = excluded.last_order_id,
       last_reason = excluded.last_reason, last_at = excluded.last_at`,
  )
  const blacklist = database.prepare('UPDATE offenders SET blacklisted_at = ? WHERE merchant = ? AND blacklisted_at IS NULL AND violations >= ?')
  const listed = database.prepare('SELECT blacklisted_at FROM offenders WHERE merchant = ?')
  const all = database.prepare('SELECT * FROM offenders ORDER BY merchant')
  const remove = database.prepare('DELETE FROM offenders WHERE merchant = ?')
  const paceOf = (merchant: string, order_id: string): Pace | null => (pace.get(merchant, order_id) as Pace | undefined) ?? null
  return {
    paceOf,
    ended: (merchant, order_id) => void end.run(merchant, order_id, clock.nowMs()),
    judge: (merchant, order_id) => inTransaction(database, () => {
      const now = clock.nowMs()
      const reason = violation(paceOf(merchant, order_id), now)
      ask.run(merchant, order_id, now, reason === null ? 0 : 1)
      if (reason !== null) {
        offend.run(merchant, order_id, reason, now)
        blacklist.run(now, merchant, switches.read().referee_patience)
      }
      if (reason !== null) return { allowed: false, reason }
      const blacklisted = (listed.get(merchant)?.blacklisted_at ?? null) !== null
      return { allowed: !blacklisted, reason: blacklisted ? '商户已被列入黑名单' : null }
    }),
    offenders: () => all.all().map((row) => ({
      ...(row as unknown as Offender), last_at: instant(row.last_at) as string, blacklisted_at: instant(row.blacklisted_at),
    })),
    forgive: (merchant) => Number(remove.run(merchant).changes) > 0,
  }
}

const instant = (value: unknown): string | null => (typeof value === 'number' ? new Date(value).toISOString() : null)

function violation(pace: Pace | null, now: number): string | null {
  if (pace?.last_query_at != null && now - pace.last_query_at < patienceMs) return '同一订单两次查询间隔不足 5 分钟'
  if (pace?.ended_at != null && now - pace.ended_at < patienceMs) return '交易结束后不足 5 分钟即查询'
  return null
}

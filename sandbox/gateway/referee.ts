import type { SandboxClock } from '../clock.ts'
import { inTransaction, type Database } from '../store/database.ts'
import type { SwitchBoard } from '../switches.ts'

/**
 * A merchant waits this long after the charge ended, and between two queries of one order
 * (acp-gateway §6.2).
 */
const patienceMs = 5 * 60_000

export type Offender = {
  merchant: string
  violations: number
  last_order_id: string
  last_reason: string
  last_at: string
  blacklisted_at: string | null
}
export type Pace = {
  ended_at: number | null
  last_query_at: number | null
  queries: number
  violations: number
}
export type Verdict = { allowed: boolean; reason: string | null }

export type Referee = {
  /** Records that the money request of an order ended: it was answered, or the merchant gave up. */
  ended(merchant: string, order_id: string): void
  /**
   * Checks the pace of one query and records it. A violation and a blacklisted merchant are
   * answered with 37. `received_at` stands for the end of a money request whose end is unknown: it
   * is still being answered, or the sandbox was killed meanwhile.
   */
  judge(merchant: string, order_id: string, received_at: number | null): Verdict
  paceOf(merchant: string, order_id: string): Pace | null
  offenders(): Offender[]
  forgive(merchant: string): boolean
}

export function createReferee(
  database: Database,
  clock: SandboxClock,
  switches: SwitchBoard,
): Referee {
  const end = database.prepare(
    `INSERT INTO pacing (merchant, order_id, ended_at) VALUES (?, ?, ?)
     ON CONFLICT (merchant, order_id) DO UPDATE SET ended_at = excluded.ended_at WHERE last_query_at IS NULL`,
  )
  const pacing = database.prepare(
    'SELECT ended_at, last_query_at, queries, violations FROM pacing WHERE merchant = ? AND order_id = ?',
  )
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
  const blacklist = database.prepare(
    'UPDATE offenders SET blacklisted_at = ? WHERE merchant = ? AND blacklisted_at IS NULL AND violations >= ?',
  )
  const listed = database.prepare('SELECT blacklisted_at FROM offenders WHERE merchant = ?')
  const all = database.prepare('SELECT * FROM offenders ORDER BY merchant')
  const remove = database.prepare('DELETE FROM offenders WHERE merchant = ?')
  const paceOf = (merchant: string, order_id: string): Pace | null =>
    (pacing.get(merchant, order_id) as Pace | undefined) ?? null
  return {
    paceOf,
    ended: (merchant, order_id) => void end.run(merchant, order_id, clock.nowMs()),
    judge: (merchant, order_id, received_at) =>
      inTransaction(database, () => {
        const now = clock.nowMs()
        const pace = paceOf(merchant, order_id)
        const reason = violation(pace?.ended_at ?? received_at, pace?.last_query_at ?? null, now)
        ask.run(merchant, order_id, now, reason === null ? 0 : 1)
        if (reason !== null) {
          offend.run(merchant, order_id, reason, now)
          blacklist.run(now, merchant, switches.read().referee_patience)
        }
        if (reason !== null) return { allowed: false, reason }
        const blacklisted = (listed.get(merchant)?.blacklisted_at ?? null) !== null
        return { allowed: !blacklisted, reason: blacklisted ? '商户已被列入黑名单' : null }
      }),
    offenders: () =>
      all.all().map((row) => ({
        ...(row as unknown as Offender),
        last_at: instant(row.last_at) as string,
        blacklisted_at: instant(row.blacklisted_at),
      })),
    forgive: (merchant) => Number(remove.run(merchant).changes) > 0,
  }
}

const instant = (value: unknown): string | null =>
  typeof value === 'number' ? new Date(value).toISOString() : null

function violation(
  ended_at: number | null,
  last_query_at: number | null,
  now: number,
): string | null {
  if (last_query_at !== null && now - last_query_at < patienceMs)
    return '同一订单两次查询间隔不足 5 分钟'
  if (ended_at !== null && now - ended_at < patienceMs) return '交易结束后不足 5 分钟即查询'
  return null
}

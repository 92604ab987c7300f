import type { SandboxClock } from '../clock.ts'
import type { Database } from '../store/database.ts'
import type { SwitchBoard } from '../switches.ts'

export type InfoParams = { contractId?: string; contractStatus?: string }

/**
 * UnionPay caches an answer of contract.info for 5 minutes, whatever happens to the contract
 * meanwhile (§5.4).
 */
export type InfoAnswers = {
  answer(
    open_id: string,
    plan_id: string,
    look: () => InfoParams,
  ): { params: InfoParams; cached: boolean }
}

export function createInfoAnswers(
  database: Database,
  clock: SandboxClock,
  switches: SwitchBoard,
): InfoAnswers {
  const read = database.prepare(
    'SELECT answer FROM info_answers WHERE open_id = ? AND plan_id = ? AND cached_at > ?',
  )
  const put = database.prepare(
    `INSERT INTO info_answers (open_id, plan_id, answer, cached_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (open_id, plan_id) DO UPDATE SET answer = excluded.answer, cached_at = excluded.cached_at`,
  )
  return {
    answer(open_id, plan_id, look) {
      const now = clock.nowMs()
      const known = read.get(open_id, plan_id, now - switches.read().info_cache_ms)
      if (known) return { params: JSON.parse(known.answer as string) as InfoParams, cached: true }
      const params = look()
      put.run(open_id, plan_id, JSON.stringify(params), now)
      return { params, cached: false }
    },
  }
}

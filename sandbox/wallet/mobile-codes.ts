import type { SandboxClock } from '../clock.ts'
import { randomDigits } from '../random.ts'
import type { Database } from '../store/database.ts'

const lifeMs = 300_000

/**
 * The six digits of the simulated SMS on the signing page of a plan that checks the mobile number.
 */
export type MobileCodes = {
  /** The valid code, or a new one. */
  show(user_id: string, plan_id: string): string
  isRight(user_id: string, plan_id: string, mobile_code: string): boolean
}

export function createMobileCodes(database: Database, clock: SandboxClock): MobileCodes {
  const live = database.prepare(
    'SELECT mobile_code FROM mobile_codes WHERE user_id = ? AND plan_id = ? AND expires_at > ?',
  )
  const put = database.prepare(
    `INSERT INTO mobile_codes (user_id, plan_id, mobile_code, expires_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (user_id, plan_id) DO UPDATE SET mobile_code = excluded.mobile_code, expires_at = excluded.expires_at`,
  )
  const read = (user_id: string, plan_id: string): string | null =>
    (live.get(user_id, plan_id, clock.nowMs())?.mobile_code as string | undefined) ?? null
  return {
    show(user_id, plan_id) {
      const known = read(user_id, plan_id)
      if (known) return known
      const fresh = randomDigits(6)
      put.run(user_id, plan_id, fresh, clock.nowMs() + lifeMs)
      return fresh
    },
    isRight: (user_id, plan_id, mobile_code) => read(user_id, plan_id) === mobile_code,
  }
}

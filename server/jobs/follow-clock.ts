import type { Job } from '../kernel/job.ts'
import type { FollowingClock } from '../kernel/clock.ts'
import type { Queryable } from '../storage/database.ts'

/**
 * Reads the sandbox's clock; rejects when it cannot be reached. Milliseconds ahead of real time.
 */
export type ReadOffset = () => Promise<number>

/**
 * In sandbox one clock moves everything: its offset is taken over by this process and by the
 * database's business_now(), for all processes, and never goes back.
 */
export function followClock(db: Queryable, clock: FollowingClock, readOffset: ReadOffset): Job {
  return {
    name: 'follow-clock',
    every_ms: 250,
    async run() {
      clock.followOffset(await readOffset())
      await db.query(
        `update business_clock set offset_ms = greatest(offset_ms, $1) where offset_ms < $1`,
        [clock.offsetMs()],
      )
      return 0
    },
  }
}

/**
 * A process begins where the others are: a command that runs no jobs too. Outside sandbox the
 * offset is 0.
 */
export async function followStoredClock(db: Queryable, clock: FollowingClock): Promise<void> {
  const { rows } = await db.query<{ offset_ms: number }>(`select offset_ms from business_clock`)
  clock.followOffset(rows[0]?.offset_ms ?? 0)
}

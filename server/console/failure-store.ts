import type { Queryable } from '../storage/database.ts'

/** SQL of wrong passwords. Real time. */

/** After the fifth wrong password in a row the next try waits for the lock to end. */
const free_failures = 4
const lock_s = 60
const forgotten_after_s = 3_600
/**
 * So many expired rows are removed with each failure: a flood of made-up names leaves no table that
 * only grows.
 */
const removed_at_once = 50

export async function isLocked(db: Queryable, attempt_digest: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from operator_sign_in_failures where attempt_digest = $1 and locked_until > now()`,
    [attempt_digest],
  )
  return rowCount === 1
}

/**
 * Counts a wrong password. A lock that holds is neither renewed nor counted on. Returns whether a
 * lock begins with this one.
 */
export async function countFailure(
  db: Queryable,
  attempt_digest: string,
): Promise<{ locked: boolean }> {
  const { rows } = await db.query<{ locked: boolean }>(
    `with expired as (
       delete from operator_sign_in_failures where attempt_digest in (
         select attempt_digest from operator_sign_in_failures where expires_at <= now() and attempt_digest <> $1
          limit $5 for update skip locked))
     insert into operator_sign_in_failures as f (attempt_digest, failures, expires_at)
       values ($1, 1, now() + make_interval(secs => $4))
     on conflict (attempt_digest) do update set
       failures = case when f.expires_at > now() then f.failures + 1 else 1 end,
       locked_until = case when f.expires_at > now() and f.failures >= $2 then now() + make_interval(secs => $3) end,
       expires_at = excluded.expires_at
       where f.locked_until is null or f.locked_until <= now()
     returning f.locked_until is not null as locked`,
    [attempt_digest, free_failures, lock_s, forgotten_after_s, removed_at_once],
  )
  return rows[0] ?? { locked: false }
}

/** The right password: earlier failures are cleared. False when a lock began meanwhile. */
export async function forgetFailures(db: Queryable, attempt_digest: string): Promise<boolean> {
  const { rows } = await db.query<{ locked: boolean }>(
    `select coalesce(locked_until > now(), false) as locked from operator_sign_in_failures where attempt_digest = $1 for update`,
    [attempt_digest],
  )
  if (rows[0]?.locked) return false
  await db.query(`delete from operator_sign_in_failures where attempt_digest = $1`, [
    attempt_digest,
  ])
  return true
}

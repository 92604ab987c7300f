import type { Queryable } from '../storage/database.ts'

/** SQL of the browsers in which operators signed in before. Real time. */

export const browser_days = 180
const most_of_one = 20

/** Whether an operator signed in with this browser before: the one named, or any. */
export async function isKnownBrowser(
  db: Queryable,
  operator: string | null,
  token_digest: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from operator_browsers where token_digest = $2 and ($1::text is null or operator_ref = $1) and expires_at > now() limit 1`,
    [operator, token_digest],
  )
  return (rowCount ?? 0) > 0
}

/**
 * Remembers the browser for another `browser_days`, under a new secret: what somebody set or took
 * before is worth nothing afterwards. Other operators of the same browser come along. Of each
 * operator the last twenty are kept.
 */
export async function rememberBrowser(
  db: Queryable,
  operator: string,
  old_digest: string | null,
  token_digest: string,
): Promise<void> {
  await db.query(`update operator_browsers set token_digest = $2 where token_digest = $1`, [
    old_digest,
    token_digest,
  ])
  await db.query(
    `insert into operator_browsers (operator_ref, token_digest, expires_at) values ($1, $2, now() + make_interval(days => $3))
     on conflict (operator_ref, token_digest) do update set last_at = now(), expires_at = excluded.expires_at`,
    [operator, token_digest, browser_days],
  )
  await db.query(
    `delete from operator_browsers where operator_ref = $1 and (expires_at <= now() or token_digest not in (
       select token_digest from operator_browsers where operator_ref = $1 order by last_at desc limit $2))`,
    [operator, most_of_one],
  )
}

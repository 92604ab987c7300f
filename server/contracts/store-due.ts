import type { Queryable } from '../storage/database.ts'
export { findContract } from './store.ts'

/**
 * Claims of the jobs: each takes rows nobody else holds (`skip locked`) and moves their due time
 * ahead in the same statement, so that a row is worked on once, and again only if the worker dies.
 */

const lease = `business_now() + interval '5 minutes'`

/** Rows about which contract.info or contract.relieve is due. */
export async function claimChecks(
  db: Queryable,
  most: number,
): Promise<{ id: string; state: string; step: string }[]> {
  const { rows } = await db.query<{ id: string; state: string; step: string }>(
    `update contracts set check_due_at = ${lease}
      where id in (select id from contracts where check_due_at <= business_now() order by check_due_at limit $1 for update skip locked)
      returning id, state, step`,
    [most],
  )
  return rows
}

/** Active contracts whose turn in the slow sweep has come. */
export async function claimSweep(db: Queryable, most: number): Promise<{ id: string }[]> {
  const { rows } = await db.query<{ id: string }>(
    `update contracts set sweep_due_at = ${lease}
      where id in (select id from contracts where state = 'active' and sweep_due_at <= business_now() and not sweep_stopped
                    order by sweep_due_at limit $1 for update skip locked)
      returning id`,
    [most],
  )
  return rows
}

/** Attempts that never came back within their life. */
export async function findNeverReturned(db: Queryable, most: number): Promise<{ id: string }[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from contracts where state = 'applying' and step = 'opened' and expires_at <= business_now() order by expires_at limit $1`,
    [most],
  )
  return rows
}

/** Asks the sweep to look at these contracts now: a notice fitted several of them. */
export async function sweepSoon(db: Queryable, ids: string[]): Promise<void> {
  await db.query(
    `update contracts set sweep_due_at = business_now() where id = any($1) and state = 'active'`,
    [ids],
  )
}

/**
 * Asks the sweep to look at everything of a wallet; an apply under way is looked at once it has
 * become a contract.
 */
export async function sweepWalletSoon(db: Queryable, open_id_digest: string): Promise<void> {
  await db.query(
    `update contracts set sweep_due_at = business_now() where wallet_ref = (select id from wallets where open_id_digest = $1)
        and (state = 'active' or (state = 'applying' and step = 'sent'))`,
    [open_id_digest],
  )
}

/** `since`: when a person let the sweep go on; what it ended before does not count. */
export async function countSweep(
  db: Queryable,
  since: Date | null,
): Promise<{ active: number; ended_today: number; stopped: boolean }> {
  const { rows } = await db.query<{ active: number; ended_today: number; stopped: boolean }>(
    `select (select count(*)::int from contracts where state = 'active') as active,
            exists (select from contracts where sweep_stopped) as stopped,
            (select count(*)::int from contract_history where source = 'sweep' and to_state = 'terminated'
                and at > greatest(business_now() - interval '24 hours', $1::timestamptz)) as ended_today`,
    [since],
  )
  return rows[0] ?? { active: 0, ended_today: 0, stopped: false }
}

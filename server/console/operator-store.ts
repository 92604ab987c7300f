import type { Queryable } from '../storage/database.ts'
import type { Operator } from './operator.ts'

/** SQL of operators and of their browsers. Real time: a moved business clock signs nobody out. */

const session_hours = 8
const free_failures = 4
const lock_s = 60

export type KeptOperator = Operator & { password: string; locked: boolean }

export async function insertOperator(
  db: Queryable,
  operator: Operator & { password: string },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into operators (id, name, role, password) values ($1, $2, $3, $4) on conflict (name) do nothing`,
    [operator.id, operator.name, operator.role, operator.password],
  )
  return rowCount === 1
}

export async function findOperator(db: Queryable, name: string): Promise<KeptOperator | null> {
  const { rows } = await db.query<KeptOperator>(
    `select id, name, role, password, coalesce(locked_until > now(), false) as locked from operators where name = $1 and disabled_at is null`,
    [name],
  )
  return rows[0] ?? null
}

/** Whether he may still sign in or not. */
export async function findOperatorId(db: Queryable, name: string): Promise<string | null> {
  return (
    (await db.query<{ id: string }>(`select id from operators where name = $1`, [name])).rows[0]
      ?.id ?? null
  )
}

export async function listOperators(
  db: Queryable,
): Promise<(Operator & { created_at: Date; disabled_at: Date | null })[]> {
  return (
    await db.query<Operator & { created_at: Date; disabled_at: Date | null }>(
      `select id, name, role, created_at, disabled_at from operators order by name`,
    )
  ).rows
}

/** A wrong password: after five in a row nobody signs in by this name for a minute. Says whether that begins now. */
export async function countFailure(db: Queryable, id: string): Promise<{ locked: boolean }> {
  const { rows } = await db.query<{ locked: boolean }>(
    `update operators set failures = failures + 1,
       locked_until = case when failures >= $2 then now() + make_interval(secs => $3) end where id = $1
     returning locked_until is not null as locked`,
    [id, free_failures, lock_s],
  )
  return rows[0] ?? { locked: false }
}

export async function startOperatorSession(
  db: Queryable,
  id: string,
  token_digest: string,
): Promise<void> {
  await db.query(
    `with forgiven as (update operators set failures = 0, locked_until = null where id = $1),
     old as (delete from operator_sessions where expires_at <= now())
     insert into operator_sessions (token_digest, operator_ref, expires_at) values ($2, $1, now() + make_interval(hours => $3))`,
    [id, token_digest, session_hours],
  )
}

export async function findOperatorSession(
  db: Queryable,
  token_digest: string,
): Promise<Operator | null> {
  const { rows } = await db.query<Operator>(
    `select o.id, o.name, o.role from operator_sessions s join operators o on o.id = s.operator_ref
      where s.token_digest = $1 and s.expires_at > now() and o.disabled_at is null`,
    [token_digest],
  )
  return rows[0] ?? null
}

/** Whose it was; null when there was none. */
export async function endOperatorSession(
  db: Queryable,
  token_digest: string,
): Promise<Pick<Operator, 'id' | 'name'> | null> {
  const { rows } = await db.query<Pick<Operator, 'id' | 'name'>>(
    `delete from operator_sessions s using operators o where s.token_digest = $1 and o.id = s.operator_ref returning o.id, o.name`,
    [token_digest],
  )
  return rows[0] ?? null
}

/** A new password, or none any more; every browser is signed out. */
export async function changeOperator(
  db: Queryable,
  name: string,
  change: { password: string } | { disabled: true },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `with changed as (
       update operators set password = coalesce($2, password), disabled_at = case when $3 then now() else null end, failures = 0, locked_until = null
        where name = $1 returning id),
     out as (delete from operator_sessions where operator_ref in (select id from changed))
     select from changed`,
    [name, 'password' in change ? change.password : null, 'disabled' in change],
  )
  return rowCount === 1
}

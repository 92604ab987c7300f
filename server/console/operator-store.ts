import type { Queryable } from '../storage/database.ts'
import type { Operator } from './operator.ts'

/** SQL of operators and their sessions. Real time: a moved business clock signs nobody out. */

const session_hours = 8

export type KeptOperator = Operator & { password: string }

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

/** An operator who may sign in; a disabled one is not found. */
export async function findOperator(db: Queryable, name: string): Promise<KeptOperator | null> {
  const { rows } = await db.query<KeptOperator>(
    `select id, name, role, password from operators where name = $1 and disabled_at is null`,
    [name],
  )
  return rows[0] ?? null
}

/** Whether they may still sign in or not. */
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

/**
 * Starts a session of an operator whose password was compared a moment ago. False when the operator
 * was disabled or got another password meanwhile: disabling an operator ends the existing sessions,
 * and this one would come after.
 */
export async function startOperatorSession(
  db: Queryable,
  { id, password }: Pick<KeptOperator, 'id' | 'password'>,
  token_digest: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `with old as (delete from operator_sessions where expires_at <= now()),
     allowed as (select id from operators where id = $1 and password = $2 and disabled_at is null for update)
     insert into operator_sessions (token_digest, operator_ref, expires_at) select $3, id, now() + make_interval(hours => $4) from allowed`,
    [id, password, token_digest, session_hours],
  )
  return rowCount === 1
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

/**
 * Another password, no sign-in any more, or, for a disabled operator alone, sign-in again with
 * another password. In each case every session ends and every browser is a strange one again. A new
 * password does not enable. False when there is no such operator.
 */
export async function changeOperator(
  db: Queryable,
  name: string,
  change: { password: string } | { disabled: true } | { password: string; enabled: true },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `with changed as (
       update operators set password = coalesce($2, password), disabled_at = case when $3 then now() end
        where name = $1 and (disabled_at is not null) = $4 returning id),
     sessions as (delete from operator_sessions where operator_ref in (select id from changed)),
     browsers as (delete from operator_browsers where operator_ref in (select id from changed))
     select from changed`,
    [
      name,
      'password' in change ? change.password : null,
      'disabled' in change,
      'enabled' in change,
    ],
  )
  return rowCount === 1
}

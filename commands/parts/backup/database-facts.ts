import type { Queryable } from '../../../server/storage/database.ts'
import { StartProblem } from '../../../server/kernel/start-problem.ts'

/** Whose data a database holds, and which programs can read it. */
export type DatabaseFacts = {
  env: string
  app_id: string
  key_check: string
  digest_key_sealed: string | null
  schema_version: number
  postgres_major: number
}

/** Throws StartProblem where no server ever worked on it. */
export async function readFacts(db: Queryable): Promise<DatabaseFacts> {
  const postgres_major = await readMajor(db)
  const { rows: tables } = await db.query<{ there: boolean }>(
    `select to_regclass('public.deployment') is not null as there`,
  )
  if (!tables[0]?.there) throw empty()
  const { rows } = await db.query<Omit<DatabaseFacts, 'postgres_major'>>(
    `select env, app_id, key_check, to_jsonb(deployment) ->> 'digest_key_sealed' as digest_key_sealed, (select max(version) from schema_versions)::int as schema_version from deployment`,
  )
  if (!rows[0]) throw empty()
  return { ...rows[0], postgres_major }
}

export async function readMajor(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ major: number }>(
    `select current_setting('server_version_num')::int / 10000 as major`,
  )
  return rows[0]?.major ?? 0
}

/** What a person wants to hear after a restore. */
export async function readContents(
  db: Queryable,
): Promise<{ contracts: number; charges: number; newest: Date | null }> {
  const { rows } = await db.query<{ contracts: number; charges: number; newest: Date | null }>(
    `select (select count(*)::int from contracts) as contracts, count(*)::int as charges, max(accepted_at) as newest from charges`,
  )
  return rows[0] ?? { contracts: 0, charges: 0, newest: null }
}

export async function hasTables(db: Queryable): Promise<boolean> {
  const { rowCount } = await db.query(`select from pg_tables where schemaname = 'public' limit 1`)
  return rowCount !== 0
}

const empty = (): StartProblem =>
  new StartProblem('This database holds nothing yet: no server was ever started on it.')

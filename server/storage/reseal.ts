import type { Pool } from 'pg'
import type { Cipher } from './cipher.ts'
import type { Queryable } from './database.ts'

/**
 * Every column that holds something sealed, with the key of its table. A test compares them with
 * the schema.
 */
export const sealed_columns = [
  { table: 'wallets', column: 'open_id_sealed', key: 'id' },
  { table: 'contracts', column: 'contract_id_sealed', key: 'id' },
  { table: 'notifications', column: 'body_sealed', key: 'id' },
  { table: 'webhook_endpoints', column: 'secret_sealed', key: 'id' },
  { table: 'webhook_endpoints', column: 'previous_sealed', key: 'id' },
  { table: 'shared_tokens', column: 'sealed', key: 'name' },
  { table: 'deployment', column: 'digest_key_sealed', key: 'env' },
] as const

export type SealedColumn = (typeof sealed_columns)[number]
const batch = 500
/** what an erased person leaves */
const erased = ''

/**
 * Reseals what another key of the cipher sealed, in the order of the table's key, one batch per
 * statement, while a server is working: a value that changed meanwhile is left as it is. It can be
 * stopped at any point and run again. Returns how many it sealed. Throws when a value opens with no
 * key: nothing of its batch is written.
 */
export async function resealColumn(
  pool: Pool,
  cipher: Cipher,
  sealing_id: string,
  { table, column, key }: SealedColumn,
): Promise<number> {
  let [done, after] = [0, '']
  for (;;) {
    const { rows } = await pool.query<{ key: string; sealed: string | null }>(
      `select ${key} as key, ${column} as sealed from ${table} where ${key} > $1 order by ${key} limit ${batch}`,
      [after],
    )
    if (rows.length === 0) return done
    const old = rows.filter(
      (row): row is { key: string; sealed: string } =>
        row.sealed !== null && row.sealed !== erased && !row.sealed.startsWith(`${sealing_id}:`),
    )
    const resealed = old.map(({ sealed }) => cipher.seal(cipher.open(sealed)))
    if (old.length > 0) {
      const { rowCount } = await pool.query(
        `update ${table} t set ${column} = a.resealed from unnest($1::text[], $2::text[], $3::text[]) as a (key, old, resealed) where t.${key} = a.key and t.${column} = a.old`,
        [old.map((row) => row.key), old.map((row) => row.sealed), resealed],
      )
      done += rowCount ?? 0
    }
    after = rows.at(-1)?.key ?? ''
  }
}

/**
 * How many values other keys still seal: written by a process without the new key, or not resealed
 * yet.
 */
export async function countOthers(db: Queryable, sealing_id: string): Promise<number> {
  let sum = 0
  for (const { table, column } of sealed_columns) {
    const { rows } = await db.query<{ count: number }>(
      `select count(*)::int as count from ${table} where ${column} not like $1 and ${column} <> $2`,
      [`${sealing_id}:%`, erased],
    )
    sum += rows[0]?.count ?? 0
  }
  return sum
}

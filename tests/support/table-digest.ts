import type pg from 'pg'

/** Rows and a digest of the content of every table, by its name. */
export type TableDigests = Record<string, { rows: number; digest: string }>

/**
 * The present content of the whole database, so that two moments can be compared. Of `counted`
 * tables only the number of rows.
 */
export async function digestOf(
  pool: pg.Pool,
  counted: readonly string[] = [],
): Promise<TableDigests> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  )
  const sql = tables
    .map(
      ({ name }) =>
        `select '${name}' as name, count(*)::int as rows, md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as digest from "${name}" t`,
    )
    .join(' union all ')
  const { rows } = await pool.query<{ name: string; rows: number; digest: string }>(sql)
  return Object.fromEntries(
    rows.map(({ name, rows: count, digest }) => [
      name,
      { rows: count, digest: counted.includes(name) ? '' : digest },
    ]),
  )
}

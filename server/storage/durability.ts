import type { Pool } from 'pg'
import { StartProblem } from '../kernel/start-problem.ts'

/** Settings of PostgreSQL without which it may forget, when it or its machine dies, what it said was committed. */
const needed = ['synchronous_commit', 'fsync'] as const

/**
 * A charge is committed, then sent: a database that forgets the commit lets its repetition be taken a second time, and the first booking be
 * nobody's. Throws StartProblem when it is set up so.
 */
export async function requireDurable(pool: Pick<Pool, 'query'>): Promise<void> {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name = any($1::text[])`,
    [needed],
  )
  const off = rows.filter(({ setting }) => setting === 'off').map(({ name }) => name)
  if (off.length === 0) return
  throw new StartProblem(
    `The database of DATABASE_URL may forget what it committed (${off.map((name) => `${name} = off`).join(', ')}): a charge could then be taken twice. Switch ${off.length === 1 ? 'it' : 'them'} on, for this role and database too.`,
  )
}

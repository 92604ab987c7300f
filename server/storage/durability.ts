import type { Queryable } from './transaction.ts'
import { StartProblem } from '../kernel/start-problem.ts'

/**
 * Settings of PostgreSQL with which it may lose, when it or its machine dies, what it said was
 * committed. `local`: a standby that takes over need not have it. Without full pages a power cut in
 * the middle of a write leaves a page that nobody can repair.
 */
const forgetful: Readonly<Record<string, readonly string[]>> = {
  synchronous_commit: ['off', 'local'],
  fsync: ['off'],
  full_page_writes: ['off'],
}

/**
 * A charge is committed, then sent: a database that loses the commit lets its repetition be taken a
 * second time, and the first booking be nobody's. Throws StartProblem when it is set up so.
 */
export async function requireDurable(db: Queryable): Promise<void> {
  const { rows } = await db.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name = any($1::text[])`,
    [Object.keys(forgetful)],
  )
  const wrong = rows.filter(({ name, setting }) => forgetful[name]?.includes(setting))
  if (wrong.length === 0) return
  throw new StartProblem(
    `The database of DATABASE_URL may lose what it committed (${wrong.map(({ name, setting }) => `${name} = ${setting}`).join(', ')}): a charge could then be taken twice. Switch ${wrong.length === 1 ? 'it' : 'them'} on, for this role and database too.`,
  )
}

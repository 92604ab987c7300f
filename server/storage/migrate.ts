import { join } from 'node:path'
import type { Pool } from 'pg'
import Postgrator from 'postgrator'
import { mayTakeLong } from './pool.ts'
import { StartProblem } from '../kernel/start-problem.ts'

const lock = 'wugan migrations'
const ours = join(import.meta.dirname, 'migrations')
/** `glob` reads these as patterns; a folder may be called so. */
const asPattern = (folder: string): string => folder.replace(/[[\]{}()*?!+@]/g, '\\$&')

const tableHeld = new StartProblem(
  'A migration waited 5 s for a table that somebody else holds (a backup, a long query). Nothing was changed; start again.',
)

/**
 * Brings the schema up to date with migrations/NNNN.do.*.sql, all in one transaction: it is done
 * whole or not at all. Several processes may call it at once; one works, the others wait and find
 * nothing left to do. A checkout with CRLF makes the same schema and the same checksums as one with
 * LF.
 */
export async function migrate(pool: Pool, folder = ours): Promise<void> {
  const client = await pool.connect()
  mayTakeLong(client)
  let broken = true
  try {
    await client.query('begin')
    await client.query('set local statement_timeout = 0')
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [lock])
    // Who waits for a table makes everybody behind wait for it too: rather give up and be started
    // again.
    await client.query(`set local lock_timeout = '5s'`)
    const postgrator = new Postgrator({
      driver: 'pg',
      migrationPattern: `${asPattern(folder)}/*.do.*.sql`,
      newline: 'LF',
      schemaTable: 'schema_versions',
      currentSchema: 'public',
      execQuery: (query: string) => client.query(query.replaceAll('\r\n', '\n')),
    })
    const [newest, present] = [
      await postgrator.getMaxVersion(),
      await postgrator.getDatabaseVersion(),
    ]
    if (present > newest) {
      throw new StartProblem(
        `The database is at version ${present}, this program knows ${newest}: start the newer program again.`,
      )
    }
    await postgrator.migrate()
    await client.query('commit')
    broken = false
  } catch (error) {
    throw (error as { code?: string }).code === '55P03' ? tableHeld : error
  } finally {
    client.release(broken) // an open transaction ends with its connection
  }
}

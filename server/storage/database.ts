import pg, { type ClientConfig, type Pool } from 'pg'
import { startEmbedded, type Embedded } from './embedded.ts'
import { migrate } from './migrate.ts'
import { beOnlyServer, type OnlyServer } from './only-server.ts'
import { StartProblem } from './start-problem.ts'
import { types } from './types.ts'

export { CommitInDoubt, isUniqueViolation, transaction, type Queryable } from './transaction.ts'
export { StartProblem } from './start-problem.ts'

/** The open database. `lost` settles, with the reason, only if the embedded server died and could not be brought back. */
export type Database = { pool: Pool; embedded: boolean; lost: Promise<Error>; close(): Promise<void> }

/** `role`: a command works beside the server; a server is the only one on an embedded database. */
export type DatabaseSettings = { data_dir: string; database_url: string | null; role?: 'server' | 'command' }

const database_name = 'wugan'
const revive_turns = 5

/**
 * Opens the database with the schema up to date: at `database_url`, or else the embedded one in `data_dir`. Throws
 * StartProblem with a sentence for the person who starts us.
 */
export async function openDatabase(settings: DatabaseSettings): Promise<Database> {
  if (settings.database_url === null) return openEmbedded(settings.data_dir, settings.role ?? 'server')
  const pool = createPool({ connectionString: settings.database_url })
  try {
    await migrate(pool)
  } catch (error) {
    await pool.end()
    throw explain(error)
  }
  return { pool, embedded: false, lost: new Promise(() => {}), close: () => pool.end() }
}

/** A pool of ten: on two cores fifty would raise the slowest calls from 10 ms to 100. */
export function createPool(connection: ClientConfig): Pool {
  const pool = new pg.Pool({
    application_name: 'wugan', max: 10, connectionTimeoutMillis: 10_000, idleTimeoutMillis: 30_000, statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000, keepAlive: true, types, ...connection,
  })
  pool.on('error', () => {}) // an idle connection ended; the next query opens another, and readiness tells
  pool.on('connect', (client) => client.on('error', () => {})) // the query under way rejects; nothing else may throw
  return pool
}

async function openEmbedded(data_dir: string, role: 'server' | 'command'): Promise<Database> {
  const server = await startEmbedded(data_dir)
  await ensureDatabase(server.connection)
  const connection = { ...server.connection, database: database_name }
  const place = role === 'server' ? await keepPlace(server, connection, data_dir) : null
  const pool = createPool(connection)
  try {
    await migrate(pool)
  } catch (error) {
    await pool.end()
    await leave(server, connection, data_dir, place)
    throw error
  }
  const close = async (): Promise<void> => {
    await pool.end()
    await leave(server, connection, data_dir, place)
  }
  return { pool, embedded: true, lost: place?.lost ?? new Promise(() => {}), close }
}

type KeptPlace = { lost: Promise<Error>; release(): Promise<void> }

/** Holds the server's place, and brings the embedded server back when it was killed. */
async function keepPlace(server: Embedded, connection: ClientConfig, data_dir: string): Promise<KeptPlace> {
  const lost = Promise.withResolvers<Error>()
  let released = false
  let held: OnlyServer
  let reviving: Promise<void> = Promise.resolve()
  const hold = async (): Promise<void> => { held = await beOnlyServer(connection, data_dir, onLost) }
  const revive = async (): Promise<void> => {
    let reason: unknown
    for (let turn = 1; turn <= revive_turns && !released; turn++) {
      try {
        await server.revive()
        return await hold()
      } catch (error) {
        reason = error
      }
    }
    if (!released) lost.resolve(reason instanceof Error ? reason : new Error(String(reason)))
  }
  const onLost = (): void => { reviving = revive() }
  await hold()
  const release = async (): Promise<void> => {
    released = true
    await reviving
    await held.release()
  }
  return { lost: lost.promise, release }
}

/** Stops the embedded server, unless another server works on it: only who holds the place may. */
async function leave(server: Embedded, connection: ClientConfig, data_dir: string, place: KeptPlace | null): Promise<void> {
  if (place) {
    await server.stop().finally(() => place.release())
    return
  }
  const alone = await beOnlyServer(connection, data_dir, () => {}).catch(() => null)
  if (!alone) return
  await server.stop().finally(() => alone.release())
}

async function ensureDatabase(connection: ClientConfig): Promise<void> {
  const client = new pg.Client({ ...connection, database: 'postgres', connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database_name])
    if (rowCount === 0) await client.query(`create database ${database_name}`).catch(ignoreExisting)
  } finally {
    await client.end()
  }
}

/** Two starts at once may both find none. */
function ignoreExisting(error: unknown): void {
  if (!(error instanceof pg.DatabaseError) || (error.code !== '42P04' && error.code !== '23505')) throw error
}

/** What PostgreSQL or the network says when DATABASE_URL is wrong, as a sentence; anything else as it is. */
function explain(error: unknown): unknown {
  const { code, message } = error as { code?: string; message: string }
  const network = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ECONNRESET'].includes(code ?? '')
  if (!network && !['28P01', '28000', '3D000', '42501', '57P03', '53300'].includes(code ?? '')) return error
  return new StartProblem(`The database of DATABASE_URL does not let us in: ${message || code}. Check its address, user, password and name.`)
}

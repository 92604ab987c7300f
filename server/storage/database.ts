import type { Pool } from 'pg'
import { requireDurable } from './durability.ts'
import { openAsCommand, openAsServer } from './embedded-database.ts'
import { migrate } from './migrate.ts'
import { createPool } from './pool.ts'
import { StartProblem } from '../kernel/start-problem.ts'

export {
  CommitInDoubt,
  isUniqueViolation,
  oneStatement,
  preview,
  repeatableTransaction,
  repeatOnConflict,
  transaction,
  type Queryable,
} from './transaction.ts'
export { StartProblem } from '../kernel/start-problem.ts'

/**
 * `lost` settles, with the reason, only if the embedded server died and could not be brought back:
 * then end the process.
 */
export type Database = {
  pool: Pool
  embedded: boolean
  /** The embedded one runs as `nobody`, for want of an account of its own. */
  as_nobody: boolean
  lost: Promise<Error>
  close(): Promise<void>
}

/** `role`: a command may work beside the one server of an embedded database. */
export type DatabaseSettings = {
  data_dir: string
  database_url: string | null
  role?: 'server' | 'command'
}

/**
 * Opens the database, its schema up to date: at `database_url`, or else the embedded one in
 * `data_dir`, where a second server is refused. Throws StartProblem with a sentence for the person
 * who starts us.
 */
export async function openDatabase(settings: DatabaseSettings): Promise<Database> {
  if (settings.database_url !== null)
    return openAddress(settings.database_url, settings.role ?? 'server')
  const open = settings.role === 'command' ? openAsCommand : openAsServer
  return { ...(await open(settings.data_dir)), embedded: true }
}

async function openAddress(database_url: string, role: 'server' | 'command'): Promise<Database> {
  const pool = createPool({ connectionString: database_url })
  try {
    if (role === 'command') await requireTables(pool)
    await requireDurable(pool)
    await migrate(pool)
  } catch (error) {
    await pool.end()
    throw explain(error)
  }
  return {
    pool,
    embedded: false,
    as_nobody: false,
    lost: new Promise(() => {}),
    close: () => pool.end(),
  }
}

/** A command finds a database; only a start makes one. */
async function requireTables(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string; made: boolean }>(
    `select current_database() as name, to_regclass('deployment') is not null as made`,
  )
  if (!rows[0]?.made)
    throw new StartProblem(
      `The database ${rows[0]?.name} of DATABASE_URL holds nothing yet, and only a start makes its tables. Set DATABASE_URL to the one that the server works on; for a new one start the server once.`,
    )
}

const network = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ECONNRESET',
]
/** wrong password, not allowed, no such database, no right, starting up, too many connections */
const refusals = ['28P01', '28000', '3D000', '42501', '57P03', '53300']

/**
 * What PostgreSQL or the network says when DATABASE_URL is wrong, as a sentence; anything else as
 * it is.
 */
function explain(error: unknown): unknown {
  const { code = '', message } = error as { code?: string; message: string }
  if (!network.includes(code) && !refusals.includes(code)) return error
  return new StartProblem(
    `The database of DATABASE_URL does not let us in: ${message || code}. Check its address, user, password and name.`,
  )
}

import { setTimeout as wait } from 'node:timers/promises'
import pg, { type ClientConfig, type Pool } from 'pg'
import { startEmbedded, type Embedded } from './embedded.ts'
import { hasPlace } from './embedded-place.ts'
import { StartProblem } from '../kernel/start-problem.ts'
import { isDatabaseLost } from './lost.ts'
import { migrate } from './migrate.ts'
import { beOnlyServer, type OnlyServer } from './only-server.ts'
import { createPool } from './pool.ts'

/**
 * An open embedded database. `lost` settles only if its server died and could not be brought back.
 */
export type EmbeddedDatabase = {
  pool: Pool
  lost: Promise<Error>
  as_nobody: boolean
  close(): Promise<void>
}

const name = 'wugan'
const revive_turns = 5

/**
 * For the one server of this DATA_DIR. Its place is held until `close`, which stops PostgreSQL too.
 */
export async function openAsServer(data_dir: string): Promise<EmbeddedDatabase> {
  const server = await startReachable(data_dir)
  const connection = { ...server.connection, database: name }
  const place = await keepPlace(server, connection, data_dir)
  const pool = createPool(connection)
  const close = async (): Promise<void> => {
    await pool.end()
    await place.leave()
  }
  return migrated({ pool, lost: place.lost, as_nobody: server.as_nobody, close })
}

/**
 * For a command beside the server, or without one: then PostgreSQL is started for it and stopped
 * after it.
 */
export async function openAsCommand(data_dir: string): Promise<EmbeddedDatabase> {
  return migrated(await openAsItIs(data_dir))
}

/**
 * As a command, and the schema stays as it is found: a backup before an upgrade must not be the
 * upgrade.
 */
export async function openAsItIs(data_dir: string): Promise<EmbeddedDatabase> {
  if (!hasPlace(data_dir))
    throw new StartProblem(
      `There is no database in ${data_dir}, and only a start makes one. Set DATA_DIR to the folder of the server whose data it is, or DATABASE_URL where it has one; for a new one run \`npm start\` once.`,
    )
  const server = await startReachable(data_dir)
  const connection = { ...server.connection, database: name }
  const pool = createPool(connection)
  const close = async (): Promise<void> => {
    await pool.end()
    const alone = await beOnlyServer(connection, data_dir, () => {}, 0).catch(() => null)
    if (alone) await stopThenRelease(server, alone)
  }
  return { pool, lost: new Promise(() => {}), as_nobody: server.as_nobody, close }
}

/** In this order: nobody may join a database that is about to stop. */
async function stopThenRelease(server: Embedded, place: OnlyServer): Promise<void> {
  try {
    await server.stop()
  } finally {
    await place.release()
  }
}

async function migrated(opened: EmbeddedDatabase): Promise<EmbeddedDatabase> {
  try {
    await migrate(opened.pool)
    return opened
  } catch (error) {
    await opened.close()
    throw error
  }
}

/** Holds the server's place, and brings PostgreSQL back when somebody killed it. */
async function keepPlace(
  server: Embedded,
  connection: ClientConfig,
  data_dir: string,
): Promise<{ lost: Promise<Error>; leave(): Promise<void> }> {
  const lost = Promise.withResolvers<Error>()
  let leaving = false
  let reviving: Promise<void> = Promise.resolve()
  const hold = (): ReturnType<typeof beOnlyServer> =>
    beOnlyServer(connection, data_dir, () => {
      if (!leaving) reviving = revive()
    })
  let held = await hold()
  async function revive(): Promise<void> {
    let reason: unknown
    for (let turn = 1; turn <= revive_turns && !leaving; turn++) {
      try {
        await server.revive()
        held = await hold()
        return
      } catch (error) {
        reason = error
      }
    }
    if (!leaving) lost.resolve(reason as Error)
  }
  const leave = async (): Promise<void> => {
    leaving = true
    await reviving
    await stopThenRelease(server, held)
  }
  return { lost: lost.promise, leave }
}

/**
 * A server that was killed a moment ago may still look alive; it answers nobody, and the next turn
 * starts another.
 */
async function startReachable(data_dir: string): Promise<Embedded> {
  const server = await startEmbedded(data_dir)
  for (let turn = 1; ; turn++) {
    try {
      await ensureDatabase(server.connection)
      return server
    } catch (error) {
      if (turn === revive_turns || !isDatabaseLost(error)) throw error
      await wait(100 * turn)
      await server.revive()
    }
  }
}

async function ensureDatabase(connection: ClientConfig): Promise<void> {
  const client = new pg.Client({
    ...connection,
    database: 'postgres',
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${name}`).catch(ignoreExisting)
  } finally {
    await client.end()
  }
}

/** Two starts at once may both find none. */
function ignoreExisting(error: unknown): void {
  if (!(error instanceof pg.DatabaseError) || (error.code !== '42P04' && error.code !== '23505'))
    throw error
}

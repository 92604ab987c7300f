import pg, { type ClientConfig } from 'pg'
import { migrate } from '../../server/storage/migrate.ts'
import { createPool } from '../../server/storage/pool.ts'
import { startEmbeddedServer, type TestServer } from './database-server.ts'

export const template = 'wugan_template'

/** How tests reach the PostgreSQL of the run; `database_url` when it is not the embedded one. */
export type DatabaseAddress = { connection: ClientConfig; database_url: string | null }

/**
 * Holds a DatabaseAddress as JSON in the environment of every process that runs tests, whichever
 * runner started it.
 */
export const address_variable = 'TEST_DATABASE_SERVER'

/**
 * Before a run: one PostgreSQL with a migrated template. TEST_DATABASE_URL names an existing one.
 */
export async function startTestDatabase(): Promise<{
  address: DatabaseAddress
  stop(): Promise<void>
}> {
  const database_url = process.env.TEST_DATABASE_URL ?? null
  const server = database_url ? given(database_url) : await startEmbeddedServer()
  await makeTemplate(server.connection)
  return { address: { connection: server.connection, database_url }, stop: () => server.stop() }
}

function given(database_url: string): TestServer {
  const url = new URL(database_url)
  const connection = {
    host: url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  }
  return { connection, stop: async () => {} }
}

export async function makeTemplate(connection: ClientConfig): Promise<void> {
  const admin = new pg.Client({ ...connection, database: 'postgres' })
  await admin.connect()
  await admin.query(`drop database if exists ${template} with (force)`)
  await admin.query(`create database ${template}`)
  await admin.end()
  const pool = createPool({ ...connection, database: template })
  await migrate(pool)
  await pool.end()
}

import type { ClientConfig } from 'pg'
import type { TestProject } from 'vitest/node'
import pg from 'pg'
import { migrate } from '../../server/storage/migrate.ts'
import { createPool } from '../../server/storage/pool.ts'
import { startEmbeddedServer, type TestServer } from './database-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** how tests reach the PostgreSQL of the run; `database_url` where it is not the embedded one */
    database_server: { connection: ClientConfig; database_url: string | null }
  }
}

export const template = 'wugan_template'

/** Before a run: one PostgreSQL with a migrated template. TEST_DATABASE_URL names one that runs already. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const database_url = process.env.TEST_DATABASE_URL ?? null
  const server = database_url ? given(database_url) : await startEmbeddedServer()
  await makeTemplate(server.connection)
  project.provide('database_server', { connection: server.connection, database_url })
  return () => server.stop()
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

import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { openDatabase, type Database } from '../../server/storage/database.ts'
import { createPool } from '../../server/storage/pool.ts'
import { removeCluster } from './database-server.ts'
import { address_variable, template, type DatabaseAddress } from './template.ts'

/** The database of one test file. `drop` closes and deletes it. */
export type TestDatabase = {
  database: Database
  database_url: string | null
  drop(): Promise<void>
}

/** The PostgreSQL of this run. */
export function databaseAddress(): DatabaseAddress {
  const address = process.env[address_variable]
  if (address === undefined)
    throw new Error(`${address_variable} is not set: no runner started a database`)
  return JSON.parse(address) as DatabaseAddress
}

/** Copies the migrated template: 23–42 ms. In a run through DATABASE_URL it is opened that way. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { connection, database_url } = databaseAddress()
  const name = `test_${randomBytes(6).toString('hex')}`
  const admin = async (sql: string): Promise<void> => {
    const client = new pg.Client({ ...connection, database: 'postgres' })
    await client.connect()
    try {
      await client.query(sql)
    } finally {
      await client.end()
    }
  }
  await admin(`create database ${name} template ${template}`)
  const own_url = database_url
    ? Object.assign(new URL(database_url), { pathname: `/${name}` }).href
    : null
  const database = own_url
    ? await openDatabase({ data_dir: '/nonexistent', database_url: own_url })
    : openPool({ ...connection, database: name })
  const drop = async (): Promise<void> => {
    await database.close()
    await admin(`drop database if exists ${name} with (force)`)
  }
  return { database, database_url: own_url, drop }
}

/** The database of a DATA_DIR, opened as the server opens it; deleted when it is dropped. */
export async function openOwnDatabase(
  data_dir: string,
): Promise<Omit<TestDatabase, 'database_url'>> {
  const database = await openDatabase({ data_dir, database_url: null })
  const drop = async (): Promise<void> => {
    await database.close()
    await removeCluster(data_dir)
  }
  return { database, drop }
}

function openPool(connection: pg.ClientConfig): Database {
  const pool = createPool(connection)
  return {
    pool,
    embedded: true,
    as_nobody: false,
    lost: new Promise(() => {}),
    close: () => pool.end(),
  }
}

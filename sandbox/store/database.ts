import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export type Database = DatabaseSync

const schema = readFileSync(new URL('./schema.sql', import.meta.url), 'utf8')

/**
 * Opens (or creates) the one file in `folder`, for this process alone: a second process is refused
 * with `database is locked`. A change is on the disk before the call that made it returns.
 */
export function openDatabase(folder: string): Database {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const database = new DatabaseSync(join(folder, 'sandbox.sqlite'))
  database.exec(
    'PRAGMA busy_timeout = 500; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL',
  )
  database.exec(schema)
  return database
}

/** A store in memory, lost with the process. */
export function openInMemory(): Database {
  const database = new DatabaseSync(':memory:')
  database.exec(schema)
  return database
}

/** Runs `work` in one transaction: completely or not at all. */
export function inTransaction<T>(database: Database, work: () => T): T {
  if (database.isTransaction) return work()
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

const reset_tables = [
  'wallet_users',
  'app_tokens',
  'token_requests',
  'codes',
  'access_tokens',
  'mobile_codes',
  'contracts',
  'info_answers',
  'rules',
  'notices',
  'journal',
  'gateway_orders',
  'payment_notices',
  'gateway_rules',
  'pacing',
  'offenders',
]

/**
 * Empties every table except the stored values; ids already used (journal, notices) are not reused.
 */
export function emptyTables(database: Database): void {
  inTransaction(database, () => {
    for (const table of reset_tables) database.exec(`DELETE FROM ${table}`)
  })
}

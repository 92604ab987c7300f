import { readSettings, type Settings } from '../../server/settings.ts'
import { openDatabase, type Database } from '../../server/storage/database.ts'
import { printProblem } from './print-problem.ts'

/** Does the work; what stops it is said in a sentence, with exit 1. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    printProblem(error)
  }
}

/**
 * The same on the database that a start made: none is made here, and wherever it is not the message
 * says where it was looked for.
 */
export const runOnDatabase = (
  work: (database: Database, settings: Settings) => Promise<void>,
  read: () => Settings | Promise<Settings> = () => readSettings(process.env),
): Promise<void> => runCommand(async () => inDatabase(await read(), work))

export async function inDatabase(
  settings: Settings,
  work: (database: Database, settings: Settings) => Promise<void>,
): Promise<void> {
  const { data_dir, database_url } = settings
  const database = await openDatabase({ data_dir, database_url, role: 'command' })
  try {
    await work(database, settings)
  } finally {
    await database.close()
  }
}

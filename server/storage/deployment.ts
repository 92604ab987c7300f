import { StartProblem } from '../kernel/start-problem.ts'
import type { Cipher } from './cipher.ts'
import type { Database } from './database.ts'

/** Tells one data key from another without telling the key. */
export const keyCheck = (cipher: Cipher): string => cipher.digest('whose data is this')

/**
 * Writes on the first start whose data this is, and compares on every other. Throws StartProblem when the database was made for
 * another environment, app or data key: sandbox contracts and a moved clock have no place among real ones.
 */
export async function claimDatabase(database: Database, cipher: Cipher, env: string, app_id: string): Promise<void> {
  const key_check = keyCheck(cipher)
  await database.pool.query(`insert into deployment (env, app_id, key_check) values ($1, $2, $3) on conflict do nothing`, [env, app_id, key_check])
  const { rows } = await database.pool.query<{ env: string; app_id: string; key_check: string }>(`select env, app_id, key_check from deployment`)
  const [found] = rows
  if (!found) throw new Error('the deployment row is gone')
  if (found.env !== env) throw new StartProblem(`This database holds the data of the ${found.env} environment, UNIONPAY_ENV is ${env}. Give ${env} a database of its own (DATABASE_URL or DATA_DIR).`)
  if (found.app_id !== app_id) throw new StartProblem(`This database belongs to the app ${found.app_id}, UNIONPAY_APP_ID is ${app_id}. One deployment has one app.`)
  if (found.key_check !== key_check) throw new StartProblem('DATA_KEY or DATA_KEY_ID is not the one this database was sealed with. Put the old one back: without it no contract number can be read.')
}

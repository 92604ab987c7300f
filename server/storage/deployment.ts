import type { RandomBytes } from '../kernel/ids.ts'
import { StartProblem } from '../kernel/start-problem.ts'
import {
  createCipher,
  digestKeyOf,
  digestWith,
  type Cipher,
  type Key,
  type KeyRing,
} from './cipher.ts'
import type { Database, Queryable } from './database.ts'

/**
 * What a database says of itself. `key_check`: a digest of a fixed text; `digest_key_sealed`: null
 * until a program that knows it has started.
 */
export type Deployment = {
  env: string
  app_id: string
  key_check: string
  digest_key_sealed: string | null
}

/** Tells one digest key from another without telling the key. */
const keyCheck = (digest_key: Key): string => digestWith(digest_key, 'whose data is this')

/**
 * Writes on the first start whose data this is, and compares on every other. Throws StartProblem
 * when the database was made for another environment, app or data key: sandbox contracts and a
 * moved clock have no place among real ones.
 */
export async function claimDatabase(
  database: Database,
  ring: KeyRing,
  env: string,
  app_id: string,
  random: RandomBytes,
): Promise<Cipher> {
  const fresh = digestKeyOf(ring[0])
  await database.pool.query(
    `insert into deployment (env, app_id, key_check, digest_key_sealed) values ($1, $2, $3, $4) on conflict do nothing`,
    [env, app_id, keyCheck(fresh), sealDigestKey(ring, fresh, random)],
  )
  const found = await readDeployment(database.pool)
  if (!found) throw new Error('the deployment row is gone')
  if (found.env !== env)
    throw new StartProblem(
      `This database holds the data of the ${found.env} environment, UNIONPAY_ENV is ${env}. Give ${env} a database of its own (DATABASE_URL or DATA_DIR).`,
    )
  if (found.app_id !== app_id)
    throw new StartProblem(
      `This database belongs to the app ${found.app_id}, UNIONPAY_APP_ID is ${app_id}. One deployment has one app.`,
    )
  const digest_key = digestKeyIn(found, ring, random)
  if (!digest_key)
    throw new StartProblem(
      'DATA_KEY or DATA_KEY_ID is not the one this database was sealed with. Put the old one back, or give it as DATA_KEY_SECOND: without it no contract number can be read.',
    )
  await database.pool.query(
    `update deployment set digest_key_sealed = $1 where digest_key_sealed is null`,
    [sealDigestKey(ring, digest_key, random)],
  )
  return createCipher(ring, digest_key, random)
}

/**
 * For a command beside the server: the cipher of a database that a server has claimed. Throws
 * StartProblem.
 */
export async function openCipher(
  db: Queryable,
  ring: KeyRing,
  random: RandomBytes,
): Promise<Cipher> {
  const found = await readDeployment(db)
  const digest_key = found && digestKeyIn(found, ring, random)
  if (!digest_key)
    throw new StartProblem(
      found
        ? 'DATA_KEY or DATA_KEY_ID is not the one this database was sealed with.'
        : 'This database holds nothing yet: no server was ever started on it.',
    )
  return createCipher(ring, digest_key, random)
}

/**
 * The key of all lookup values: the first data key brought it, and it stays while data keys change,
 * because a digest that changed would let the same wallet or contract in twice. Null when no key of
 * the ring opens it.
 */
export function digestKeyIn(
  { key_check, digest_key_sealed }: Deployment,
  ring: KeyRing,
  random: RandomBytes,
): Key | null {
  if (digest_key_sealed === null)
    return ring.map(digestKeyOf).find((key) => keyCheck(key) === key_check) ?? null
  try {
    const [id = '', hex = ''] = createCipher(ring, digestKeyOf(ring[0]), random)
      .open(digest_key_sealed)
      .split(':', 2)
    return { id, bytes: Buffer.from(hex, 'hex') }
  } catch {
    return null // another key, or another key under the same name: the callers say so
  }
}

const sealDigestKey = (ring: KeyRing, { id, bytes }: Key, random: RandomBytes): string =>
  createCipher(ring, { id, bytes }, random).seal(`${id}:${bytes.toString('hex')}`)

async function readDeployment(db: Queryable): Promise<Deployment | null> {
  const { rows } = await db.query<Deployment>(
    `select env, app_id, key_check, digest_key_sealed from deployment`,
  )
  return rows[0] ?? null
}

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Pool } from 'pg'
import { appendAudit } from '../../../server/audit/store.ts'
import { systemRandom } from '../../../server/kernel/ids.ts'
import { StartProblem } from '../../../server/kernel/start-problem.ts'
import { digestKeyIn } from '../../../server/storage/deployment.ts'
import { ringOf, type KeySettings } from '../../../server/storage/key-ring.ts'
import { openAsItIs } from '../../../server/storage/embedded-database.ts'
import { choosePlace } from '../../../server/storage/embedded-place.ts'
import { createPool } from '../../../server/storage/pool.ts'
import { unpack } from './archive.ts'
import { hasTables, readContents, readFacts, readMajor } from './database-facts.ts'
import { findProgram, restoreFrom } from './dump-programs.ts'
import { platform } from './make-backup.ts'
import { verifyManifest, type Manifest } from './manifest.ts'

type Target = KeySettings & { database_url: string | null }
export type Restored = {
  manifest: Manifest
  contracts: number
  charges: number
  newest: Date | null
}

/**
 * Puts a backup into an empty DATA_DIR (and an empty database, where DATABASE_URL names one), after
 * every file of it and the data key were compared, opens it once and leaves a line in its audit
 * trail. Throws StartProblem; then what was empty is empty again.
 */
export async function restoreBackup(
  target: Target,
  file: string,
  author: string,
): Promise<Restored> {
  if (!existsSync(file)) throw new StartProblem(`There is no ${file}.`)
  const { data_dir } = target
  if (existsSync(data_dir) && readdirSync(data_dir).length > 0)
    throw new StartProblem(
      `${data_dir} is not empty. A restore never replaces anything: name a new folder with DATA_DIR.`,
    )
  await mkdir(dirname(resolve(data_dir)), { recursive: true })
  const folder = await mkdtemp(join(dirname(resolve(data_dir)), '.wugan-restore-'))
  try {
    await unpack(file, folder)
    const manifest = await verifyManifest(folder)
    compareKey(target, manifest, join(folder, 'folder', 'data-key'))
    const contents = await (manifest.kind === 'embedded'
      ? restoreEmbedded(target, manifest, folder, author)
      : restoreDump(target, manifest, folder, author))
    return { manifest, ...contents }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Better now than at the first charge: with another key no contract number can be read. */
function compareKey(target: Target, manifest: Manifest, saved_key: string): void {
  const data_key =
    target.data_key ??
    (existsSync(saved_key) ? Buffer.from(readFileSync(saved_key, 'utf8').trim(), 'hex') : null)
  if (
    data_key &&
    digestKeyIn(manifest, ringOf({ ...target, data_key }, systemRandom), systemRandom)
  )
    return
  throw new StartProblem(
    'DATA_KEY or DATA_KEY_ID is not the one this backup was sealed with. Set the one that belongs to it: without it no contract number can be read.',
  )
}

async function restoreEmbedded(
  { data_dir, database_url }: Target,
  manifest: Manifest,
  folder: string,
  author: string,
): Promise<Omit<Restored, 'manifest'>> {
  if (database_url !== null)
    throw new StartProblem(
      'This is a backup of an embedded database; leave DATABASE_URL empty to restore it.',
    )
  if (manifest.platform !== platform)
    throw new StartProblem(
      `This backup was made on ${manifest.platform} and can be opened there only; this is ${platform}.`,
    )
  const place = choosePlace(data_dir, platform)
  const major = Number(place.binaries.version.split('.')[0])
  try {
    if (major !== manifest.postgres_major)
      throw new StartProblem(
        `This backup is of PostgreSQL ${manifest.postgres_major}, this program brings ${major}: restore it with the program that made it.`,
      )
    await cp(join(folder, 'folder'), data_dir, { recursive: true })
    await cp(join(folder, 'postgres'), place.home, { recursive: true })
    const database = await openAsItIs(data_dir)
    try {
      return await readBack(database.pool, manifest, author)
    } finally {
      await database.close()
    }
  } catch (error) {
    await rm(place.home, { recursive: true, force: true })
    await rm(data_dir, { recursive: true, force: true })
    throw error
  }
}

async function restoreDump(
  { data_dir, database_url }: Target,
  manifest: Manifest,
  folder: string,
  author: string,
): Promise<Omit<Restored, 'manifest'>> {
  if (database_url === null)
    throw new StartProblem(
      'This is a dump of a database with an address; set DATABASE_URL to an empty one to restore it.',
    )
  const pool = createPool({ connectionString: database_url })
  try {
    if (await hasTables(pool))
      throw new StartProblem(
        'The database of DATABASE_URL is not empty. A restore never replaces anything: make a new one.',
      )
    const major = await readMajor(pool)
    if (major < manifest.postgres_major)
      throw new StartProblem(
        `This dump is of PostgreSQL ${manifest.postgres_major}, the database is ${major}: an older one cannot take it.`,
      )
    await restoreFrom(
      findProgram('pg_restore', major, process.env),
      database_url,
      join(folder, 'database.dump'),
    )
    await cp(join(folder, 'folder'), data_dir, { recursive: true })
    return await readBack(pool, manifest, author)
  } finally {
    await pool.end()
  }
}

/**
 * Positions that were given after the backup are known to readers of the feed and not to this
 * database. None of them is given again: a reader that was further on would take what follows for
 * something it has read. A backup of before the feed has no such table.
 */
async function skipLostPositions(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ has_feed: boolean }>(
    `select to_regclass('event_feed') is not null as has_feed`,
  )
  if (rows[0]?.has_feed)
    await pool.query(`update event_feed set last_position = last_position + 1000000000`)
}

async function readBack(
  pool: Pool,
  { made_at }: Manifest,
  author: string,
): ReturnType<typeof readContents> {
  await readFacts(pool)
  await skipLostPositions(pool)
  await appendAudit(pool, {
    author,
    action: 'database.restore',
    subject: 'database',
    detail: { made_at },
  })
  return readContents(pool)
}

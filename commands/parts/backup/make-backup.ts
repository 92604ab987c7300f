import { existsSync } from 'node:fs'
import { copyFile, cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { appendAudit } from '../../../server/audit/store.ts'
import { realClock } from '../../../server/kernel/clock.ts'
import { openAsItIs } from '../../../server/storage/embedded-database.ts'
import { choosePlace } from '../../../server/storage/embedded-place.ts'
import { createPool } from '../../../server/storage/pool.ts'
import type { Queryable } from '../../../server/storage/database.ts'
import { alreadyThere, pack } from './archive.ts'
import { copyCluster } from './copy-cluster.ts'
import { readFacts, readMajor, type DatabaseFacts } from './database-facts.ts'
import { dumpTo, findProgram } from './dump-programs.ts'
import { writeManifest, type Manifest } from './manifest.ts'

export const platform = `${process.platform}-${process.arch}`

/**
 * The database's own folders are saved in another way; logs and the simulated UnionPay of the
 * sandbox are left out.
 */
const not_saved =
  /^(postgres|postgres-socket|postgres-is-elsewhere|\.?postgresql-.*|logs|sandbox|.*\.half-made)$/

/**
 * Saves the database and what else DATA_DIR holds (in sandbox its data key) in one new file, beside
 * a server that works or without one. Needs room for twice the database beside `file`. Leaves a
 * line in the audit trail before the first byte is read: it is in the backup too. Throws
 * StartProblem.
 */
export async function makeBackup(
  settings: { data_dir: string; database_url: string | null },
  file: string,
  author: string,
): Promise<Manifest> {
  if (existsSync(file)) throw alreadyThere(file)
  const folder = await mkdtemp(join(dirname(resolve(file)), '.wugan-backup-'))
  try {
    const { kind, facts } =
      settings.database_url === null
        ? await saveEmbedded(settings.data_dir, folder, author)
        : await saveDump(settings.database_url, folder, author)
    await saveFolder(settings.data_dir, join(folder, 'folder'))
    const manifest = await writeManifest(folder, {
      format: 1,
      kind,
      made_at: realClock.now().toISOString(),
      platform,
      ...facts,
    })
    await pack(folder, file)
    return manifest
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Saved = { kind: Manifest['kind']; facts: DatabaseFacts }

async function saveEmbedded(data_dir: string, folder: string, author: string): Promise<Saved> {
  const database = await openAsItIs(data_dir)
  try {
    const { home } = choosePlace(data_dir, platform)
    const facts = await begin(database.pool, author)
    await mkdir(join(folder, 'postgres'), { mode: 0o700 })
    await copyCluster(database.pool, join(home, 'cluster'), join(folder, 'postgres', 'cluster'))
    await copyFile(join(home, 'password'), join(folder, 'postgres', 'password'))
    return { kind: 'embedded', facts }
  } finally {
    await database.close()
  }
}

async function saveDump(database_url: string, folder: string, author: string): Promise<Saved> {
  const pool = createPool({ connectionString: database_url })
  try {
    const program = findProgram('pg_dump', await readMajor(pool), process.env)
    const facts = await begin(pool, author)
    await dumpTo(program, database_url, join(folder, 'database.dump'))
    return { kind: 'dump', facts }
  } finally {
    await pool.end()
  }
}

async function begin(db: Queryable, author: string): Promise<DatabaseFacts> {
  const facts = await readFacts(db)
  await appendAudit(db, {
    author,
    action: 'database.backup',
    subject: 'database',
    detail: { schema_version: facts.schema_version },
  })
  return facts
}

async function saveFolder(data_dir: string, folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 })
  const names = existsSync(data_dir) ? await readdir(data_dir) : []
  for (const name of names.filter((one) => !not_saved.test(one)))
    await cp(join(data_dir, name), join(folder, name), { recursive: true })
}

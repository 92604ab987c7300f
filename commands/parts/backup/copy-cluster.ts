import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool, PoolClient } from 'pg'
import { mayTakeLong } from '../../../server/storage/pool.ts'

/** Created by every start, or used by the running server alone (PostgreSQL's manual, 25.3.4). */
const left_out =
  /^(postmaster\.(pid|opts)|current_logfiles|backup_label(\.old)?|tablespace_map(\.old)?)$|(^|\/)(pgsql_tmp[^/]*|pg_internal\.init[^/]*)(\/|$)/
const emptied =
  /^(pg_wal|pg_dynshmem|pg_notify|pg_replslot|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\//

/**
 * Copies the cluster's files from under a server that may be working: between pg_backup_start and
 * pg_backup_stop, with the log that was written meanwhile, so that the copy recovers by itself. A
 * slot, gone with its connection, keeps that log from being recycled.
 */
export async function copyCluster(pool: Pool, from: string, to: string): Promise<void> {
  const client = await pool.connect()
  mayTakeLong(client)
  try {
    await client.query('set statement_timeout = 0')
    await client.query(
      `select pg_create_physical_replication_slot('wugan_backup_' || pg_backend_pid(), true, true)`,
    )
    const first = await startBackup(client)
    await copyFiles(from, to)
    const { last, labelfile } = await stopBackup(client)
    await writeFile(join(to, 'backup_label'), labelfile, { mode: 0o600 })
    for (const segment of await readdir(join(from, 'pg_wal'))) {
      if (/^[0-9A-F]{24}$/.test(segment) && segment >= first && segment <= last)
        await copyFile(join(from, 'pg_wal', segment), join(to, 'pg_wal', segment))
    }
  } finally {
    client.release(true) // a backup that was not stopped and the slot end with the connection
  }
}

async function startBackup(client: PoolClient): Promise<string> {
  const { rows } = await client.query<{ first: string }>(
    `select pg_walfile_name(pg_backup_start('wugan', true)) as first`,
  )
  return rows[0]?.first ?? ''
}

async function stopBackup(client: PoolClient): Promise<{ last: string; labelfile: string }> {
  const { rows } = await client.query<{ last: string; labelfile: string }>(
    `select pg_walfile_name(lsn) as last, labelfile from pg_backup_stop(false)`,
  )
  if (!rows[0]) throw new Error('pg_backup_stop returned nothing')
  return rows[0]
}

async function copyFiles(from: string, to: string, below = ''): Promise<void> {
  await mkdir(join(to, below), { recursive: true, mode: 0o700 })
  for (const entry of await readdir(join(from, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (left_out.test(path) || emptied.test(path)) continue
    if (entry.isDirectory()) await copyFiles(from, to, path)
    else if (entry.isFile()) await copyFile(join(from, path), join(to, path)).catch(ignoreGone)
  }
}

/** A table that was dropped meanwhile; the log knows. */
function ignoreGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

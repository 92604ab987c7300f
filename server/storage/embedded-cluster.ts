import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Place } from './embedded-place.ts'
import { giveFolder } from './embedded-user.ts'
import { endOf, StartProblem } from '../kernel/start-problem.ts'

const settings = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  jit: 'off',
  shared_buffers: '256MB',
  max_wal_size: '1GB',
  log_checkpoints: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

/**
 * Makes the cluster on first use. A folder is complete or it is not there: it gets its name when
 * all of it is made.
 */
export function ensureCluster(place: Place): void {
  const { home, run_as } = place
  if (existsSync(home)) return
  removeHalfMade(home)
  const half = `${home}.${process.pid}.half-made`
  mkdirSync(half, { mode: 0o700 })
  const password_file = join(half, 'password')
  writeFileSync(password_file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  if (run_as) for (const path of [half, password_file]) chownSync(path, run_as.uid, run_as.gid)
  const made = spawnSync(
    join(place.binaries.native, 'bin', 'initdb'),
    [
      '-D',
      join(half, 'cluster'),
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      `--pwfile=${password_file}`,
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '--no-instructions',
    ],
    {
      ...run_as,
      cwd: half,
      encoding: 'utf8',
      timeout: 120_000,
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
    },
  )
  if (made.status !== 0) {
    rmSync(half, { recursive: true, force: true })
    throw cannotRun(made.error ? String(made.error) : made.stderr)
  }
  try {
    renameSync(half, home)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    if (!existsSync(home)) throw error // else another process was quicker, and its cluster is as good as ours
  }
}

function removeHalfMade(home: string): void {
  for (const name of readdirSync(dirname(home))) {
    const pid = /^(.+)\.(\d+)\.half-made$/.exec(name)
    if (pid?.[1] === basename(home) && !isAlive(Number(pid[2])))
      rmSync(join(dirname(home), name), { recursive: true, force: true })
  }
}

export const cannotRun = (why: string): StartProblem =>
  new StartProblem(
    `The embedded PostgreSQL cannot run here:\n${endOf(why)}\n${adviceFor(why)} Otherwise set DATABASE_URL to a PostgreSQL of yours: postgres://user:password@host/database`,
  )

/** What helps against what PostgreSQL or the system said. */
function adviceFor(why: string): string {
  const uid = process.getuid?.() ?? 'unknown'
  if (/could not look up effective user ID/.test(why))
    return `The user with the number ${uid} has no name on this machine, and PostgreSQL asks for it: run as a user that /etc/passwd knows.`
  if (/EACCES|EPERM|permission denied/i.test(why))
    return `The user with the number ${uid} may not use a file or folder that is named above: give it to this user (chown), or set DATA_DIR to another folder.`
  if (/ENOSPC|no space left/i.test(why)) return 'Make room on the disk: it needs about 100 MB.'
  if (/GLIBC|symbol not found|cannot open shared object|ENOENT|not found \(required by/i.test(why))
    return 'It needs Linux with glibc, or macOS.'
  return 'It needs about 100 MB of disk.'
}

export const readPassword = (place: Place): string =>
  readFileSync(join(place.home, 'password'), 'utf8').trim()
export const logFile = (place: Place): string => join(place.home, 'postgres.log')

/**
 * Starts the server and returns at once. It outlives us when we are killed, and does not hear the
 * terminal's Ctrl-C.
 */
export function spawnServer(place: Place): ChildProcess {
  const { home, run_as, socket_dir } = place
  chmodSync(socket_dir, 0o700)
  if (run_as) {
    giveFolder(home, run_as) // another account may have run it before this one was made
    chownSync(socket_dir, run_as.uid, run_as.gid)
  }
  const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = openSync(logFile(place), 'w', 0o600)
  try {
    return spawn(
      join(place.binaries.native, 'bin', 'postgres'),
      ['-D', join(home, 'cluster'), '-k', socket_dir, ...given],
      {
        ...run_as,
        cwd: home,
        detached: true,
        stdio: ['ignore', log, log],
        env: { PATH: process.env.PATH, LC_ALL: 'C' },
      },
    )
  } finally {
    closeSync(log)
  }
}

/** What the cluster's postmaster.pid says: line 1 pid, 4 port, 5 socket folder, 8 status. */
export type Running = { pid: number; port: number; socket_dir: string; ready: boolean }

/** The server that runs on this cluster, whichever process started it; `null` where none does. */
export function readRunning(place: Place): Running | null {
  const cluster = join(place.home, 'cluster')
  let lines: string[]
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return null
  }
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return null // PostgreSQL itself clears the file of a dead server
  if (!isServerOf(pid, cluster)) {
    rmSync(join(cluster, 'postmaster.pid'), { force: true })
    return null
  }
  return {
    pid,
    port: Number(lines[3]),
    socket_dir: lines[4] ?? '',
    ready: lines[7]?.trim() === 'ready',
  }
}

/**
 * After a reboot the number may be another program's; where /proc tells, we look. A server that
 * just died shows nothing.
 */
function isServerOf(pid: number, cluster: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(cluster)
  } catch {
    return true
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

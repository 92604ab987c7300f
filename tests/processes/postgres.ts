import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg, { type ClientConfig } from 'pg'
import {
  ensureCluster,
  isAlive,
  readPassword,
  readRunning,
} from '../../server/storage/embedded-cluster.ts'
import { choosePlace } from '../../server/storage/embedded-place.ts'
import { platform } from '../support/database-server.ts'
import { until } from '../support/until.ts'
import { timeLimit } from '../support/time-limits.ts'

/** The PostgreSQL of an installation, with the means to disrupt it. */
export type Postgres = {
  /** null: the server's own */
  database_url: string | null
  connection(): ClientConfig
  /** its first process, while it lives */
  postmaster(): number | null
  /** Starts it when the server does not. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** The embedded one, which the server starts and stops. */
export function embeddedPostgres(data_dir: string): Postgres {
  const place = choosePlace(data_dir, platform)
  return {
    database_url: null,
    connection: () => ({
      host: place.socket_dir,
      port: 5432,
      user: 'postgres',
      password: readPassword(place),
      database: 'wugan',
    }),
    postmaster: () => readRunning(place)?.pid ?? null,
    start: async () => {},
    async stop() {
      const running = readRunning(place)
      if (!running) return
      process.kill(running.pid, 'SIGINT')
      await until('PostgreSQL ended', () => !isAlive(running.pid))
    },
  }
}

/** An external one: over TCP, with a password, restarted by its supervisor. */
export async function foreignPostgres(data_dir: string, port: number): Promise<Postgres> {
  const place = choosePlace(data_dir, platform)
  ensureCluster(place)
  let child: ChildProcess | null = null
  const connection = {
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: readPassword(place),
    database: 'postgres',
  }
  const run = (): Promise<boolean> =>
    new Promise((resolve) => {
      const begun = spawn(
        join(place.binaries.native, 'bin', 'postgres'),
        [
          '-D',
          join(place.home, 'cluster'),
          '-c',
          'unix_socket_directories=',
          '-c',
          'listen_addresses=127.0.0.1',
          '-p',
          String(port),
          '-c',
          'timezone=Asia/Shanghai',
        ],
        {
          ...place.run_as,
          cwd: place.home,
          stdio: 'ignore',
          env: { PATH: process.env.PATH, LC_ALL: 'C' },
        },
      )
      begun.once('exit', () => resolve(false))
      void until(
        'PostgreSQL answers',
        () => begun.exitCode !== null || begun.signalCode !== null || answers(connection),
        timeLimit(120_000),
      ).then(
        () => resolve(begun.exitCode === null),
        () => resolve(false),
      )
      child = begun
    })
  const start = async (): Promise<void> => {
    // a killed one may still hold its memory for a moment, and a full disk prevents a start
    for (let turn = 1; !(await run()); turn++) {
      if (turn === 100) throw new Error('PostgreSQL does not start again')
      await wait(100)
    }
  }
  await start()
  return {
    database_url: `postgres://postgres:${encodeURIComponent(connection.password)}@127.0.0.1:${port}/postgres`,
    connection: () => connection,
    start,
    postmaster: () =>
      child && child.exitCode === null && child.signalCode === null ? (child.pid ?? null) : null,
    async stop() {
      const last = child
      if (last === null || last.exitCode !== null || last.signalCode !== null) return
      const ended = new Promise<void>((resolve) => void last.once('exit', () => resolve()))
      last.kill('SIGINT')
      await ended
    },
  }
}

/** The rows of one statement on a connection of its own; null when the database does not answer. */
export async function queryOnce<Row extends object>(
  connection: ClientConfig,
  sql: string,
): Promise<Row[] | null> {
  const client = new pg.Client({
    ...connection,
    connectionTimeoutMillis: timeLimit(3_000),
    application_name: `look ${randomBytes(3).toString('hex')}`,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query<Row>(sql)).rows
  } catch {
    return null // it is down just now, which is the answer
  } finally {
    await client.end().catch(() => {})
  }
}

const answers = async (connection: ClientConfig): Promise<boolean> =>
  (await queryOnce(connection, 'select 1')) !== null

/** A process and all its descendants (proc(5): stat, column 4). */
export function family(pid: number): number[] {
  const parent = (one: string): number => {
    try {
      return Number(readFileSync(`/proc/${one}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1])
    } catch {
      return 0 // it has exited meanwhile
    }
  }
  return [
    pid,
    ...readdirSync('/proc')
      .filter((one) => /^\d+$/.test(one) && parent(one) === pid)
      .map(Number),
  ]
}

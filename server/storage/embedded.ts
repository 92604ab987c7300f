import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { ClientConfig } from 'pg'
import {
  cannotRun,
  ensureCluster,
  isAlive,
  logFile,
  readPassword,
  readRunning,
  spawnServer,
  type Running,
} from './embedded-cluster.ts'
import { choosePlace, type Place } from './embedded-place.ts'
import { nobody, own_account } from './embedded-user.ts'
import { StartProblem } from '../kernel/start-problem.ts'

/** The PostgreSQL of one DATA_DIR: its own process, reached over a private socket. */
export type Embedded = {
  connection: ClientConfig
  /** It runs as the account that everything without one of its own shares. */
  as_nobody: boolean
  /** Starts the server again after it died. */
  revive(): Promise<void>
  /** Fast shutdown: open transactions are rolled back, what is committed is on disk. */
  stop(): Promise<void>
}

const ready_within_ms = 120_000
const stop_within_ms = 60_000
const poll_interval_ms = 20

/**
 * Starts the embedded server, or joins the one that a killed process left behind. Throws
 * StartProblem.
 */
export async function startEmbedded(
  data_dir: string,
  platform = `${process.platform}-${process.arch}`,
  account = own_account,
): Promise<Embedded> {
  const place = choosePlace(data_dir, platform, account)
  ensureCluster(place)
  const running = await ensureRunning(place)
  return {
    connection: {
      host: running.socket_dir,
      port: running.port,
      user: 'postgres',
      password: readPassword(place),
    },
    as_nobody: place.run_as?.uid === nobody.uid,
    revive: async () => void (await ensureRunning(place)),
    stop: () => stop(place),
  }
}

/**
 * Two processes may try at once, and the last breath of a killed server may still hold its memory:
 * so more than one turn.
 */
async function ensureRunning(place: Place): Promise<Running> {
  const until = performance.now() + ready_within_ms
  for (let turn = 1; turn <= 10 && performance.now() < until; turn++) {
    const found = readRunning(place)
      ? await untilReady(place, until, () => null)
      : await startOnce(place, until)
    if (found !== null) return found
    await wait(100 * turn)
  }
  throw cannotRun(readFileSync(logFile(place), 'utf8'))
}

async function startOnce(place: Place, until: number): Promise<Running | null> {
  const child = spawnServer(place)
  let ended: string | null = null
  child.once('error', (error) => {
    ended = String(error)
  })
  child.once('exit', (code, signal) => {
    ended ??= `postgres ended with ${code ?? signal}`
  })
  const found = await untilReady(place, until, () => ended)
  child.removeAllListeners()
  child.on('error', () => {}) // a failed kill is not worth a crash
  child.unref()
  if (child.pid === undefined) throw cannotRun(ended ?? 'postgres did not start')
  return found
}

/** Waits for the line "ready" of postmaster.pid. Null when the server ended. */
async function untilReady(
  place: Place,
  until: number,
  ended: () => string | null,
): Promise<Running | null> {
  const begun = performance.now()
  while (performance.now() < until) {
    const running = readRunning(place)
    if (running?.ready) return running
    if (ended() !== null) return null
    await wait(poll_interval_ms)
    if (!running && performance.now() - begun > 5_000 && readRunning(place) === null) return null
  }
  throw new StartProblem(
    `The embedded PostgreSQL was not ready within ${ready_within_ms / 1000} s. Its log: ${logFile(place)}`,
  )
}

async function stop(place: Place): Promise<void> {
  const running = readRunning(place)
  if (!running) return
  process.kill(running.pid, 'SIGINT')
  const until = performance.now() + stop_within_ms
  while (performance.now() < until) {
    if (!isAlive(running.pid) || readRunning(place) === null) return
    await wait(poll_interval_ms)
  }
  throw new Error(
    `the embedded PostgreSQL (process ${running.pid}) did not stop within ${stop_within_ms / 1000} s`,
  )
}

import pg, { type ClientConfig, type Pool, type PoolClient } from 'pg'
import type { Duplex } from 'node:stream'
import { types } from './types.ts'

const statement_ms = 30_000
/**
 * The database ends a statement of its own accord before. Who holds a connection longer than this
 * hears nothing from it any more.
 */
const held_ms = 45_000

/** Connections whose holder may take as long as it takes, until they are released. */
const patient = new WeakSet<PoolClient>()
export const mayTakeLong = (client: PoolClient): void => void patient.add(client)

/**
 * A pool of ten: on two cores fifty would raise the slowest calls from 10 ms to 100. A connection
 * that falls silent, as when the database's machine or the way to it is gone, is ended after
 * `held_at_most_ms`: TCP would wait a quarter of an hour.
 */
export function createPool(connection: ClientConfig, held_at_most_ms = held_ms): Pool {
  const pool = new pg.Pool({
    application_name: 'wugan',
    max: 10,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: statement_ms,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
    types,
    ...connection,
  })
  pool.on('error', () => {}) // an idle connection ended; the next query opens another, and readiness tells
  pool.on('connect', (client) => client.on('error', () => {})) // the query under way rejects; nothing else may throw
  endSilent(pool, held_at_most_ms)
  watchWaiting(pool)
  return pool
}

const waits = new WeakMap<Pool, () => number>()
/**
 * How long who asks for a connection now will wait for it, in ms: those ahead of them, and how many
 * are served a second since there is a queue.
 */
export const waitFor = (pool: Pool): number => waits.get(pool)?.() ?? 0

const window_ms = 1_000

function watchWaiting(pool: Pool): void {
  let begun: number | null = null
  let served = 0
  let per_ms = Infinity
  pool.on('release', () => {
    if (pool.waitingCount === 0) begun = null
    served++
  })
  waits.set(pool, () => {
    if (pool.waitingCount === 0) return 0
    if (begun === null) [begun, served, per_ms] = [performance.now(), 0, Infinity]
    const passed_ms = performance.now() - begun
    if (passed_ms >= window_ms)
      [begun, served, per_ms] = [performance.now(), 0, Math.max(served, 1) / passed_ms]
    return pool.waitingCount / per_ms
  })
}

function endSilent(pool: Pool, held_at_most_ms: number): void {
  const timers = new Map<PoolClient, NodeJS.Timeout>()
  pool.on('acquire', (client) => {
    timers.set(
      client,
      setTimeout(() => {
        if (!patient.has(client)) streamOf(client).destroy()
      }, held_at_most_ms).unref(),
    )
  })
  pool.on('release', (_error, client) => {
    clearTimeout(timers.get(client))
    timers.delete(client)
    patient.delete(client)
  })
}

/** Whether an error says that no connection came free in time. */
export const isWaitedInVain = (error: Error): boolean =>
  error.message === 'timeout exceeded when trying to connect'

/** What the types leave out. Whoever waits for the connection then gets its error. */
const streamOf = (client: PoolClient): Duplex =>
  (client as unknown as { connection: { stream: Duplex } }).connection.stream

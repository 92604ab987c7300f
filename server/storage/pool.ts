import pg, { type ClientConfig, type Pool } from 'pg'
import { types } from './types.ts'

/** A pool of ten: on two cores fifty would raise the slowest calls from 10 ms to 100. */
export function createPool(connection: ClientConfig): Pool {
  const pool = new pg.Pool({
    application_name: 'wugan', max: 10, connectionTimeoutMillis: 10_000, idleTimeoutMillis: 30_000, statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000, keepAlive: true, types, ...connection,
  })
  pool.on('error', () => {}) // an idle connection ended; the next query opens another, and readiness tells
  pool.on('connect', (client) => client.on('error', () => {})) // the query under way rejects; nothing else may throw
  return pool
}

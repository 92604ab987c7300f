import type { FastifyBaseLogger } from 'fastify'
import { setTimeout as wait } from 'node:timers/promises'
import type { ChargesContext } from '../charges/context.ts'
import type { ContractsContext } from '../contracts/context.ts'
import type { Server } from '../http-types.ts'
import type { Clock } from '../kernel/clock.ts'
import type { RandomBytes } from '../kernel/ids.ts'
import type { Job } from '../kernel/job.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { ReconciliationContext } from '../reconciliation/context.ts'
import type { Settings } from '../settings.ts'
import type { Database } from '../storage/database.ts'
import { openPool, type OpenPool } from '../unionpay/http-pool.ts'

/**
 * What a process gives and a test owns. `outside`: the network to UnionPay and the passing of time,
 * where a simulation has its own.
 */
export type World = {
  settings: Settings
  database: Database
  real_clock: Clock
  random: RandomBytes
  log: FastifyBaseLogger
  metrics?: Metrics
  outside?: Outside
}
export type Outside = { open_pool: OpenPool; wait(ms: number): Promise<void> }
export const realOutside: Outside = { open_pool: openPool, wait: (ms) => wait(ms) }

export type App = {
  server: Server
  contracts: ContractsContext
  charges: ChargesContext
  reconciliation: ReconciliationContext
  jobs: readonly Job[]
  startJobs(): void
  close(): Promise<void>
}

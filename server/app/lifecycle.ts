import { setTimeout as wait } from 'node:timers/promises'
import type { Closing } from '../close-server.ts'
import { startJobs } from '../jobs/runner.ts'
import { schedule } from '../jobs/schedule.ts'
import { measureJobs } from '../metrics/measure-jobs.ts'
import type { Contexts } from './contexts.ts'
import type { Parts } from './open-parts.ts'
import type { App, World } from './world.ts'

/**
 * How the server begins to work and how it ends: readiness says no for a while before connections
 * close, so that a load balancer stops sending first; what is under way ends before its parts are
 * closed.
 */
export function lifecycleOf(
  { settings, real_clock, log }: World,
  { clock, metrics, tracing, platform, payments }: Parts,
  { contracts, charges, reconciliation, webhooks }: Contexts,
  closing: Closing,
  health: { stopping(): void },
): Pick<App, 'jobs' | 'startJobs' | 'close'> {
  const readOffset = settings.clock_url ? platform.readClockOffset(settings.clock_url) : null
  const scheduled = schedule(contracts, charges, reconciliation, clock, readOffset)
  const jobs = measureJobs(tracing.watchJobs([...scheduled, ...webhooks.jobs]), metrics, real_clock)
  let running: ReturnType<typeof startJobs> | null = null
  return {
    jobs,
    startJobs() {
      running ??= startJobs(jobs, log)
    },
    async close() {
      health.stopping()
      await wait(settings.drain_ms)
      await Promise.all([closing.close(), running?.stop()])
      await charges.gate.idle()
      await Promise.all([platform.close(), payments.close(), webhooks.close(), tracing.close()])
    },
  }
}

import type { FastifyBaseLogger } from 'fastify'
import type { Server } from '../http-types.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Job } from '../kernel/job.ts'
import type { Settings } from '../settings.ts'
import type { OnUnionPayCall } from '../unionpay/call-watch.ts'

/**
 * Spans (OpenTelemetry) of requests, of calls to UnionPay and of jobs that found something to do.
 * They name routes, operations, codes and our order_ids; never an address, a header, a body, or a
 * number of a person.
 */
export type Tracing = {
  called: OnUnionPayCall
  traceRequests(server: Server): void
  watchJobs(jobs: readonly Job[]): readonly Job[]
  /** Sends what is left. */
  close(): Promise<void>
}

const noTracing: Tracing = {
  called: () => {},
  traceRequests: () => {},
  watchJobs: (jobs) => jobs,
  close: async () => {},
}

/** Nothing of OpenTelemetry is loaded unless somebody collects. */
export async function openTracing(
  { otel_exporter_otlp_endpoint: endpoint, otel_traces_sampler_arg: share }: Settings,
  log: FastifyBaseLogger,
  real_clock: Clock,
): Promise<Tracing> {
  if (endpoint === null) return noTracing
  const { traceTo } = await import('./trace-to.ts')
  return traceTo(endpoint, share, log, real_clock)
}

import { createServer } from 'node:http'
import { collectDefaultMetrics } from 'prom-client'
import { refusalOf } from '../error-answers.ts'
import type { Server } from '../http-types.ts'
import { StartProblem } from '../kernel/start-problem.ts'
import type { Settings } from '../settings.ts'
import { createGauges, type Watched } from './gauges.ts'
import type { Metrics } from './metrics.ts'

/**
 * Counts what the server answers and, where METRICS_PORT is set, serves `/metrics` on a port of its
 * own, which the public never reaches: it tells how much is charged. It opens before the server and
 * closes after it, so that a graceful stop is seen.
 */
export function serveMetrics(
  server: Server,
  metrics: Metrics,
  watched: Watched,
  settings: Pick<Settings, 'metrics_port' | 'metrics_host'>,
): void {
  server.addHook('onResponse', async (request, reply) => {
    metrics.requested(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: String(reply.statusCode),
      },
      reply.elapsedTime / 1000,
      refusalOf(request),
    )
  })
  // what never became a request: Fastify answers it, and no hook sees it
  server.server.on('clientError', ({ code = 'unknown' }: NodeJS.ErrnoException) => {
    if (code === 'ECONNRESET') return // the client went away
    metrics.unreadable(code)
    server.log.info({ code }, 'request unreadable')
  })
  const { metrics_port: port, metrics_host: host } = settings
  if (port === null) return
  collectDefaultMetrics({ register: metrics.registry })
  const gauges = createGauges(metrics.registry, watched)
  const read = shared(async () => {
    await gauges.read()
    return metrics.registry.metrics()
  })
  const listener = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics')
      return void response.writeHead(404).end()
    read().then(
      (text) => response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text),
      (error: unknown) => {
        server.log.error({ err: error }, 'metrics could not be read')
        response.writeHead(500).end()
      },
    )
  })
  server.addHook(
    'onReady',
    () =>
      new Promise<void>((resolve, reject) => {
        listener.once('error', (error) =>
          reject(
            new StartProblem(
              `METRICS_PORT ${port} on ${host}: ${error.message}. Choose another, or leave METRICS_PORT empty.`,
            ),
          ),
        )
        listener.listen({ port, host }, resolve)
      }),
  )
  server.addHook(
    'onClose',
    () =>
      new Promise<void>((resolve) => {
        listener.closeAllConnections()
        listener.close(() => resolve())
      }),
  )
}

/**
 * Who asks while another's answer is being made gets that one: scrapes never pile up on the
 * database.
 */
function shared<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let making: Promise<Value> | null = null
  return () =>
    (making ??= make().finally(() => {
      making = null
    }))
}

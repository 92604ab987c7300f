import { AsyncLocalStorage } from 'node:async_hooks'
import {
  diag,
  DiagLogLevel,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { FastifyBaseLogger, FastifyRequest } from 'fastify'
import { refusalOf } from '../error-answers.ts'
import type { Server } from '../http-types.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Job } from '../kernel/job.ts'
import { readTraceParent } from '../kernel/trace-parent.ts'
import type { Tracing } from './tracing.ts'

const send_every_ms = 1_000
const send_within_ms = 5_000
const complain_every_ms = 60_000

/** The span that what runs now belongs to. */
const now = new AsyncLocalStorage<Span>()
const belowNow = (): Context => {
  const span = now.getStore()
  return span ? trace.setSpan(ROOT_CONTEXT, span) : ROOT_CONTEXT
}

/**
 * Sends spans to a collector by OTLP over HTTP. `share` of the traces that begin here; those that a
 * caller began follow the caller.
 */
export function traceTo(
  endpoint: string,
  share: number,
  log: FastifyBaseLogger,
  real_clock: Clock,
): Tracing {
  complainInLog(log)
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({ 'service.name': process.env['OTEL_SERVICE_NAME'] || 'wugan' }),
    ),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({
          url: `${endpoint}/v1/traces`,
          timeoutMillis: send_within_ms,
        }),
        scheduledDelayMillis: send_every_ms,
        exportTimeoutMillis: send_within_ms,
      }),
    ],
  })
  const tracer = provider.getTracer('wugan')
  return {
    called({ operation, outcome, code, duration_ms, order_id }) {
      const ended = real_clock.now().getTime()
      const span = tracer.startSpan(
        `unionpay ${operation}`,
        { kind: SpanKind.CLIENT, startTime: ended - duration_ms },
        belowNow(),
      )
      span
        .setAttributes({
          'wugan.outcome': outcome,
          ...(code !== null && { 'wugan.unionpay_code': code }),
          ...(order_id && { 'wugan.order_id': order_id }),
        })
        .end(ended)
    },
    traceRequests: (server) => traceRequests(server, tracer),
    watchJobs: (jobs) => jobs.map((job) => watchJob(job, tracer)),
    close: () =>
      provider
        .shutdown()
        .catch((error: unknown) => log.warn({ err: error }, 'the last spans were not taken')),
  }
}

function traceRequests(server: Server, tracer: Tracer): void {
  const spans = new WeakMap<FastifyRequest, Span>()
  server.addHook('onRequest', (request, _reply, done) => {
    if (request.routeOptions.url?.startsWith('/health')) return done()
    const span = tracer.startSpan(
      `${request.method} ${request.routeOptions.url ?? 'none'}`,
      {
        kind: SpanKind.SERVER,
        attributes: {
          'http.request.method': request.method,
          'http.route': request.routeOptions.url ?? 'none',
          'wugan.request_id': request.id,
        },
      },
      belowCaller(request),
    )
    spans.set(request, span)
    now.run(span, done)
  })
  // the body was read meanwhile, and its events belong to the connection
  server.addHook('preValidation', (request, _reply, done) => {
    const span = spans.get(request)
    if (span) now.run(span, done)
    else done()
  })
  server.addHook('onResponse', async (request, reply) => {
    const refusal = refusalOf(request)
    const span = spans.get(request)?.setAttributes({
      'http.response.status_code': reply.statusCode,
      ...(refusal && { 'error.type': refusal }),
    })
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR })
    span?.end()
  })
}

function belowCaller(request: FastifyRequest): Context {
  const parent = readTraceParent(request.headers.traceparent)
  return parent === null
    ? ROOT_CONTEXT
    : trace.setSpanContext(ROOT_CONTEXT, {
        traceId: parent.trace_id,
        spanId: parent.span_id,
        traceFlags: parent.sampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
        isRemote: true,
      })
}

/** A run that found nothing to do is never ended, and so never exported. */
const watchJob = (job: Job, tracer: Tracer): Job => ({
  ...job,
  async run(stopping) {
    const span = tracer.startSpan(`job ${job.name}`, {}, ROOT_CONTEXT)
    try {
      const done = await now.run(span, () => job.run(stopping))
      if (done > 0) span.setAttribute('wugan.done', done).end()
      return done
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR }).end()
      throw error
    }
  },
})

/** A collector that is away is said once a minute, and changes nothing else. */
function complainInLog(log: FastifyBaseLogger): void {
  let complained = -Infinity
  const complain = (message: string): void => {
    if (performance.now() - complained < complain_every_ms) return
    complained = performance.now()
    log.warn({ detail: message }, 'spans were not taken')
  }
  const quiet = (): void => {}
  diag.setLogger(
    { error: complain, warn: complain, info: quiet, debug: quiet, verbose: quiet },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  )
}

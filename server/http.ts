import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyRequest } from 'fastify'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { contentSecurity } from './content-security.ts'
import { answerErrors, refusalOf } from './error-answers.ts'
import { Refusal } from './errors.ts'
import type { Server } from './http-types.ts'
import { originOf } from './kernel/origin.ts'
import { readTraceParent } from './kernel/trace-parent.ts'
import { collectSchemas } from './published/openapi.ts'
import type { Settings } from './settings.ts'

const most_body_bytes = 64 * 1024

/**
 * How long a client may take: for its headers, for the whole request, and saying nothing;
 * `check_ms`: how often that is looked at. `standstill_ms`: how late this process may be with its
 * own work, in the middle of a second, before it refuses callers.
 */
export type Patience = {
  headers_ms: number
  request_ms: number
  silence_ms: number
  check_ms: number
  standstill_ms: number
}
const patience: Patience = {
  headers_ms: 10_000,
  request_ms: 30_000,
  silence_ms: 60_000,
  check_ms: 5_000,
  standstill_ms: 2_000,
}

/** The HTTP side without any business: limits, headers, errors, logs without query strings. */
export async function createHttp(
  settings: Settings,
  log: FastifyBaseLogger,
  impatience: Partial<Patience> = {},
): Promise<Server> {
  const { headers_ms, request_ms, silence_ms, check_ms, standstill_ms } = {
    ...patience,
    ...impatience,
  }
  const server = Fastify({
    loggerInstance: log,
    trustProxy: (_address: string, hop: number) => hop < settings.trusted_proxies,
    bodyLimit: most_body_bytes,
    requestTimeout: request_ms,
    connectionTimeout: silence_ms,
    http: {
      headersTimeout: headers_ms,
      connectionsCheckingInterval: check_ms,
      requireHostHeader: false, // nothing here looks at it, and a true notification is not lost for it
    },
    keepAliveTimeout: 72_000,
    genReqId: () => randomUUID(),
    // a tracing caller finds our lines by their id; nothing of it goes on to UnionPay
    childLoggerFactory: (logger, bindings, options, request) => {
      const parent = readTraceParent(request.headers.traceparent)
      return logger.child(
        parent === null ? bindings : { ...bindings, trace_id: parent.trace_id },
        options,
      )
    },
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 100 },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: false } },
  }).withTypeProvider<TypeBoxTypeProvider>()

  // The schemas of answers are checked by the compiler and by tests: an answer is never refused
  // after the money has moved.
  server.setSerializerCompiler(() => (answer) => JSON.stringify(answer))
  answerErrors(server)
  // Node answers 417 to every Expect that it does not know; a recipient may ignore it (RFC 9110,
  // 10.1.1)
  server.server.on('checkExpectation', (request, response) =>
    server.server.emit('request', request, response),
  )
  await collectSchemas(server)
  await server.register(cookie)
  await server.register(helmet, contentSecurity(settings))
  await server.register(rateLimit, {
    max: settings.rate_limit_api,
    timeWindow: '1 minute',
    errorResponseBuilder: () => new Refusal('rate_limited'),
  })
  await server.register(underPressure, {
    maxEventLoopDelay: standstill_ms,
    // Infinity is a second without a sample (a busy start), not a delay that was measured
    pressureHandler: ({ routeOptions }, _reply, _type, delay_ms) => {
      if (Number.isFinite(delay_ms) && !always_heard.test(routeOptions.url ?? ''))
        throw new Refusal('overloaded')
    },
  })

  // A query may carry a code or a ticket: the log names the route, never the address.
  server.addHook('onResponse', async (request, reply) => {
    if (request.routeOptions.url?.startsWith('/health')) return
    const line = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      code: refusalOf(request),
      ms: Math.round(reply.elapsedTime),
    }
    request.log.info(line, 'request')
  })

  // What is answered to somebody is nobody's to keep on the way; who set something else knows why.
  server.addHook('onSend', async (request, reply) => {
    if (answers_somebody.test(request.routeOptions.url ?? '') && !reply.hasHeader('cache-control'))
      void reply.header('cache-control', 'no-store')
  })

  // An operation that names no body takes none: a request that it does not know must not look
  // accepted.
  server.addHook('preValidation', async ({ routeOptions, body }) => {
    if (
      !answers_somebody.test(routeOptions.url ?? '') ||
      routeOptions.schema?.body !== undefined ||
      typeof body !== 'object' ||
      body === null
    )
      return
    const fields = Object.keys(body).map((path) => ({ path, problem: 'unknown field' }))
    if (fields.length > 0) throw new Refusal('bad_request', fields)
  })

  const own = originOf(settings.public_url)
  server.addHook('onRequest', async (request) => {
    if (comes_with_cookies.test(request.routeOptions.url ?? '') && isFromElsewhere(request, own))
      throw new Refusal('origin_refused')
  })
  return server
}

/**
 * Routes that people and operators call from our pages, with cookies; and those that machines call
 * with a key. By the route: an address can be written in many ways.
 */
const comes_with_cookies = /^\/(console\/)?api\//
/**
 * Refused, UnionPay would tell it once more, to a server that is as busy; and who asks for our
 * health would end a process that gets on.
 */
const always_heard = /^\/(notify|health)\//
const answers_somebody = /^\/(v1|(console\/)?api)\//

/**
 * Whether a page of another origin sent this: cookies come along with such a request in browsers
 * that do not know SameSite. A browser that leaves `Origin` out may still say it in
 * `Sec-Fetch-Site`; the WebViews of old phones say neither, and have only SameSite.
 */
function isFromElsewhere({ method, headers }: FastifyRequest, own: string): boolean {
  if (method === 'GET' || method === 'HEAD') return false
  const [origin, site] = [headers.origin, headers['sec-fetch-site']]
  return (
    (origin !== undefined && origin !== own) ||
    (site !== undefined && site !== 'same-origin' && site !== 'none')
  )
}

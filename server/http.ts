import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import Fastify, { LogController, type FastifyBaseLogger } from 'fastify'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { contentSecurity, type InlineHashes } from './content-security.ts'
import { answerErrors, refusalOf } from './error-answers.ts'
import { Refusal } from './errors.ts'
import type { Server } from './http-types.ts'
import { originOf } from './kernel/origin.ts'
import { collectSchemas } from './published/openapi.ts'
import type { Settings } from './settings.ts'

const most_body_bytes = 64 * 1024

/** The HTTP side without any business: limits, headers, errors, logs without query strings. */
export async function createHttp(settings: Settings, log: FastifyBaseLogger, inline: InlineHashes = { scripts: [], styles: [] }): Promise<Server> {
  const server = Fastify({
    loggerInstance: log,
    trustProxy: (_address: string, hop: number) => hop < settings.trusted_proxies,
    bodyLimit: most_body_bytes,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 72_000,
    genReqId: () => randomUUID(),
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 100 },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: false } },
  }).withTypeProvider<TypeBoxTypeProvider>()

  // The schemas of answers are checked by the compiler and by tests: an answer is never refused after the money has moved.
  server.setSerializerCompiler(() => (answer) => JSON.stringify(answer))
  answerErrors(server)
  await collectSchemas(server)
  await server.register(cookie)
  await server.register(helmet, contentSecurity(settings, inline))
  await server.register(rateLimit, {
    max: settings.rate_limit_api, timeWindow: '1 minute', errorResponseBuilder: () => new Refusal('rate_limited'),
  })
  await server.register(underPressure, {
    maxEventLoopDelay: 2_000,
    // Infinity is a second without a sample (a busy start), not a delay that was measured
    pressureHandler: (_request, _reply, _type, delay_ms) => {
      if (Number.isFinite(delay_ms)) throw new Refusal('overloaded')
    },
  })

  // A query may carry a code or a ticket: the log names the route, never the address.
  server.addHook('onResponse', async (request, reply) => {
    if (request.routeOptions.url?.startsWith('/health')) return
    const line = { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode, code: refusalOf(request), ms: Math.round(reply.elapsedTime) }
    request.log.info(line, 'request')
  })

  // What an API key reads is nobody's to keep on the way; who set something else knows why.
  server.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/v1/') && !reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store')
  })

  // Cookies travel with a request from another site's form only as GET; a page of another origin is refused outright.
  const own = originOf(settings.public_url)
  server.addHook('onRequest', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD' || !/^\/(console\/)?api\//.test(request.url)) return
    if (request.headers.origin && request.headers.origin !== own) throw new Refusal('origin_refused')
  })
  return server
}

/**
 * Closes when the requests under way are answered. Their connections are kept alive for the next request, which never comes: each
 * is let go as soon as it is idle, or closing would last as long as they may live.
 */
export async function closeServer(server: Server): Promise<void> {
  const sweep = setInterval(() => server.server.closeIdleConnections(), 50)
  await server.close().finally(() => clearInterval(sweep))
}

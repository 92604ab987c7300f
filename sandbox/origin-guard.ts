import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Settings } from './settings.ts'

/**
 * The routes upsdk.js calls from inside the registered H5; all others are for the sandbox's own
 * pages.
 */
const openToTheH5 = [
  /^GET \/_control\/bridge$/,
  /^POST \/_control\/journal$/,
  /^(GET|POST) \/_pages\/bridge\/[a-z-]+$/,
]

/**
 * Refuses pages of other origins at the control API and the page endpoints: no site the developer
 * happens to visit may obtain a code or set a fault. A request without Origin (a test, curl)
 * passes.
 */
export function guardOrigins(app: FastifyInstance, settings: Settings): void {
  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    const origin = request.headers.origin
    if (!/^\/_(control|pages)\//.test(path) || origin === undefined || isOwn(request, origin))
      return
    const method =
      request.method === 'OPTIONS'
        ? String(request.headers['access-control-request-method'])
        : request.method
    if (
      !isRegistered(settings, origin) ||
      !openToTheH5.some((route) => route.test(`${method} ${path}`))
    ) {
      return reply
        .code(403)
        .send({ error: 'foreign_origin', message: `${origin} may not call ${path} of the sandbox` })
    }
    allow(reply, origin)
    if (request.method === 'OPTIONS') return reply.code(204).send()
  })
}

const isOwn = (request: FastifyRequest, origin: string): boolean =>
  URL.canParse(origin) && new URL(origin).host === request.headers.host

const isRegistered = (settings: Settings, origin: string): boolean =>
  URL.canParse(origin) && settings.app_domains.includes(new URL(origin).host)

function allow(reply: FastifyReply, origin: string): void {
  reply.headers({
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'content-type',
    'access-control-max-age': '600',
    vary: 'Origin',
  })
}

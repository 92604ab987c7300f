import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Server } from './http-types.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Below a guarded prefix, and yet open to everybody: the route itself checks its caller. */
    open?: boolean
  }
}

/** Identifies the caller, or refuses. */
export type Authenticate = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

/**
 * Authenticates every route below `prefix`, present and future, unless its config says `open`. This
 * happens after the rate limit and before the body is read, so a stranger learns neither which
 * fields nor which objects exist. The route decides, not the address, which can be written in many
 * ways.
 */
export function guardPrefix(server: Server, prefix: string, authenticate: Authenticate): void {
  server.addHook('preParsing', async (request, reply) => {
    if (request.routeOptions.url?.startsWith(prefix) && !request.routeOptions.config.open)
      await authenticate(request, reply)
  })
}

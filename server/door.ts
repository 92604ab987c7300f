import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Server } from './http-types.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Below a closed prefix, and yet for everybody: the route itself looks at who comes. */
    open?: boolean
  }
}

/** Says who comes, or refuses. */
export type Ask = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

/**
 * Closes every route below `prefix`, also those of tomorrow, unless its config says `open`. It is asked after the rate limit and before
 * the body is read: a stranger learns neither which fields there are nor which things. By the route, not by the address, which
 * can be written in many ways.
 */
export function closeDoor(server: Server, prefix: string, ask: Ask): void {
  server.addHook('preParsing', async (request, reply) => {
    if (request.routeOptions.url?.startsWith(prefix) && !request.routeOptions.config.open)
      await ask(request, reply)
  })
}

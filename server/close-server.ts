import type { Socket } from 'node:net'
import type { FastifyRequest } from 'fastify'
import type { Server } from './http-types.ts'

/** How the server closes: when everybody who is owed an answer has it. */
export type Closing = { close(): Promise<void> }

const poll_interval_ms = 50
/**
 * A caller that is sending a request when the listener closes may finish it; one that has not sent
 * it by then has asked for nothing.
 */
const arriving_ms = 2_000

/**
 * Knows every connection and the requests that arrived whole, so that closing waits for those and
 * for nobody else: neither for connections kept alive for a next request, nor for a client that
 * sends half a request and falls silent.
 */
export function trackOpenRequests(server: Server): Closing {
  const connections = new Set<Socket>()
  const whole = new Set<FastifyRequest>()
  server.server.on('connection', (socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
  })
  server.addHook('preHandler', async (request) => void whole.add(request))
  server.addHook('onResponse', async (request) => void whole.delete(request))

  return {
    async close() {
      const begun = performance.now()
      const sweep = setInterval(() => {
        server.server.closeIdleConnections()
        if (performance.now() - begun < arriving_ms) return
        const owed = new Set([...whole].map((request) => request.raw.socket))
        for (const socket of connections) if (!owed.has(socket)) socket.destroy()
      }, poll_interval_ms)
      await server.close().finally(() => clearInterval(sweep))
    },
  }
}

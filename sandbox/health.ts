import type { FastifyInstance } from 'fastify'
import type { Parts } from './parts.ts'

export async function healthRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  app.get('/health/live', async () => ({ status: 'live' }))
  app.get('/health/ready', async (_request, reply) => {
    try {
      parts.users.first()
      return { status: 'ready' }
    } catch {
      return reply
        .code(503)
        .send({ status: 'not_ready', message: 'the sandbox store does not answer' })
    }
  })
}

import type { FastifyInstance } from 'fastify'
import { ProbeSchema, sendProbe, type Probe } from '../notices/probe.ts'
import type { Parts } from '../parts.ts'

/** Termination notices: the pending and the sent ones, and probes, which are sent at once. */
export async function noticeRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  app.get('/_control/notices', async () => ({ notices: parts.notices.all() }))

  app.post<{ Body: Probe }>(
    '/_control/notices',
    { schema: { body: ProbeSchema } },
    async (request, reply) =>
      (await sendProbe(parts, request.body)) ??
      reply.code(404).send({
        error: 'unknown_contract',
        message: 'Name a contract_id that exists here, or give the fields.',
      }),
  )
}

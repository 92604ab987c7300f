import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Parts } from '../parts.ts'
import { clockView } from '../wallet/views.ts'

type Move = { advance_ms: number } | { set: string }
const MoveSchema = Type.Union([
  Type.Object({ advance_ms: Type.Integer() }, { additionalProperties: false }),
  Type.Object({ set: Type.String() }, { additionalProperties: false }),
])

/**
 * Reads and moves the sandbox clock, which every program with CLOCK_URL follows. The clock never
 * goes back.
 */
export async function clockRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  app.get('/_control/clock', async () => {
    parts.clock.noteRead()
    return clockView(parts)
  })

  app.post<{ Body: Move }>(
    '/_control/clock',
    { schema: { body: MoveSchema } },
    async (request, reply) => {
      const moved =
        'set' in request.body
          ? parts.clock.setTo(new Date(request.body.set))
          : parts.clock.advance(request.body.advance_ms)
      if (!moved) {
        return reply.code(400).send({
          error: 'clock_refused',
          message: 'The clock only goes forward, by whole milliseconds, to a date that exists.',
        })
      }
      parts.notices.wake()
      parts.payment_notices.wake()
      return clockView(parts)
    },
  )
}

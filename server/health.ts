import type { FastifyBaseLogger } from 'fastify'
import { Type } from 'typebox'
import type { Database } from './storage/database.ts'
import type { Server } from './http-types.ts'
import { flag, shape } from './schemas/fields.ts'
import { answer, operation, refusals } from './schemas/operation.ts'
import { Refused } from './schemas/refused.ts'

const tag = 'Health'
const Readiness = shape('Readiness', 'Whether it can do its work.', {
  ready: flag('Send it requests.'),
  database: flag('The database answers.'),
  stopping: flag('A graceful stop has begun.'),
})
const { 503: busy, 500: broken } = refusals()
const live = {
  ...operation({
    id: 'live',
    tag,
    summary: 'The process answers',
    description: 'Not limited in rate; needs no key.',
  }),
  response: {
    500: broken,
    503: busy,
    200: answer('It lives.', shape('Life', 'The process answers.', { live: flag('Always true.') })),
  },
}
const ready = {
  ...operation({
    id: 'ready',
    tag,
    summary: 'It can do its work',
    description: 'For a load balancer. Not limited in rate; needs no key.',
  }),
  response: {
    500: broken,
    200: answer('Ready.', Readiness),
    503: answer('Not ready, or too busy.', Type.Union([Readiness, Refused])),
  },
}

/**
 * `/health/live`: the process answers. `/health/ready`: it can do its work; during a graceful stop
 * it says no.
 */
export function healthRoutes(server: Server, database: Database): { stopping(): void } {
  let stopping = false
  let asking: Promise<boolean> | null = null
  /** However many ask at once, the database is asked by one. */
  const isReachable = (log: FastifyBaseLogger): Promise<boolean> =>
    (asking ??= database.pool
      .query('select 1')
      .then(
        () => true,
        (error: unknown) => {
          log.warn({ err: error }, 'the database does not answer')
          return false
        },
      )
      .finally(() => {
        asking = null
      }))
  const open = { config: { rateLimit: false as const }, logLevel: 'warn' as const }
  server.get('/health/live', { ...open, schema: live }, async () => ({ live: true }))
  server.get('/health/ready', { ...open, schema: ready }, async (request, reply) => {
    const reachable = await isReachable(request.log)
    const is_ready = reachable && !stopping
    return reply
      .status(is_ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ ready: is_ready, database: reachable, stopping })
  })
  return {
    stopping: () => {
      stopping = true
    },
  }
}

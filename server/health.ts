import type { Database } from './storage/database.ts'
import type { Server } from './http-types.ts'

/** `/health/live`: the process answers. `/health/ready`: it can do its work; during a graceful stop it says no. */
export function healthRoutes(server: Server, database: Database): { stopping(): void } {
  let stopping = false
  const open = { config: { rateLimit: false as const }, logLevel: 'warn' as const }
  server.get('/health/live', open, async () => ({ live: true }))
  server.get('/health/ready', open, async (request, reply) => {
    const reachable = await database.pool.query('select 1').then(() => true, (error: unknown) => {
      request.log.warn({ err: error }, 'the database does not answer')
      return false
    })
    const ready = reachable && !stopping
    return reply.status(ready ? 200 : 503).header('cache-control', 'no-store').send({ ready, database: reachable, stopping })
  })
  return { stopping: () => { stopping = true } }
}

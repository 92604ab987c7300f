import type { Pool } from 'pg'
import { Refusal } from './errors.ts'
import type { Server } from './http-types.ts'
import { waitFor } from './storage/pool.ts'

/**
 * Whoever would wait longer for the database than this is refused at once, while an answer is still
 * worth something.
 */
const most_wait_ms = 1_000
/** A burst is a queue that is gone in a moment. */
const queue_threshold = 20

/**
 * Refuses `overloaded` when the queue for the database has grown long: served in their turn, all
 * would be answered after their callers have given up and asked again, and none in time. Health is
 * always answered, and UnionPay's notifications are always accepted: it tells five times only.
 */
export function shedLoad(server: Server, pool: Pool): void {
  server.addHook('onRequest', async (request, reply) => {
    if (
      !/^\/(v1|api|console\/api)\//.test(request.url) ||
      pool.waitingCount < queue_threshold ||
      waitFor(pool) < most_wait_ms
    )
      return
    void reply.header('retry-after', '1')
    throw new Refusal('overloaded')
  })
}

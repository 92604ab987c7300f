import type { Job } from '../kernel/job.ts'
import type { Queryable } from '../storage/database.ts'
import { announceEvents } from './announce-events.ts'
import type { WebhooksContext } from './context.ts'
import type { Courier } from './deliver.ts'
import { deleteOldEvents, endOldPositions } from './feed-store.ts'

const delete_at_once = 1_000

/** `retention_days`: how long events and the delivery log are kept, and can be replayed. */
export function webhookJobs(
  context: WebhooksContext,
  courier: Courier,
  retention_days: number,
): Job[] {
  return [
    { name: 'announce-webhooks', every_ms: 500, run: () => announceEvents(context) },
    { name: 'deliver-webhooks', every_ms: 500, run: (stopping) => courier.deliverDue(stopping) },
    {
      name: 'delete-old-events',
      every_ms: 60_000,
      run: () => forgetEvents(context.database.pool, retention_days),
    },
  ]
}

/** A batch of what is older than it has to be. Returns how many events were deleted. */
export async function forgetEvents(pool: Queryable, retention_days: number): Promise<number> {
  await endOldPositions(pool, retention_days, delete_at_once)
  return deleteOldEvents(pool, retention_days, delete_at_once)
}

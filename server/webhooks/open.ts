import type { Job } from '../kernel/job.ts'
import type { Settings } from '../settings.ts'
import type { WebhooksContext } from './context.ts'
import { createCourier, type Courier } from './deliver.ts'
import { createPoster } from './post.ts'
import type { Queryable } from '../storage/database.ts'
import { announceEvents } from './announce-events.ts'
import { deleteOldEvents, endOldPositions } from './feed-store.ts'

export type Webhooks = { context: WebhooksContext; jobs: readonly Job[]; close(): Promise<void> }

/** The module as the app uses it; `close` waits for deliveries under way. */
export function openWebhooks(
  shared: Omit<WebhooksContext, 'poster' | 'private_allowed'>,
  {
    webhook_private_addresses: private_allowed,
    event_retention_days,
  }: Pick<Settings, 'webhook_private_addresses' | 'event_retention_days'>,
): Webhooks {
  const context: WebhooksContext = {
    ...shared,
    private_allowed,
    poster: createPoster(private_allowed),
  }
  const courier = createCourier(context)
  return {
    context,
    jobs: webhookJobs(context, courier, event_retention_days),
    async close() {
      await courier.idle()
      await context.poster.close()
    },
  }
}

const delete_at_once = 1_000

/** `retention_days`: how long events and the delivery log are kept, and can be replayed. */
function webhookJobs(context: WebhooksContext, courier: Courier, retention_days: number): Job[] {
  return [
    { name: 'announce-webhooks', every_ms: 500, run: () => announceEvents(context) },
    { name: 'deliver-webhooks', every_ms: 500, run: (stopping) => courier.deliverDue(stopping) },
    {
      name: 'delete-old-events',
      every_ms: 60_000,
      run: () => deleteExpiredEvents(context.database.pool, retention_days),
    },
  ]
}

/** Deletes a batch of events that are past their retention. Returns how many. */
export async function deleteExpiredEvents(
  pool: Queryable,
  retention_days: number,
): Promise<number> {
  await endOldPositions(pool, retention_days, delete_at_once)
  return deleteOldEvents(pool, retention_days, delete_at_once)
}

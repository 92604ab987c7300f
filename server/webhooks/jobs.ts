import type { Job } from '../kernel/job.ts'
import { announceEvents } from './announce-events.ts'
import type { WebhooksContext } from './context.ts'
import type { Courier } from './deliver.ts'
import { forgetEvents } from './outbox-store.ts'

/** How long events and the delivery log are kept, and can be replayed. */
export const kept_days = 90

/** What this room does unasked. */
export function webhookJobs(context: WebhooksContext, courier: Courier): Job[] {
  return [
    { name: 'announce-webhooks', every_ms: 500, run: () => announceEvents(context) },
    { name: 'deliver-webhooks', every_ms: 500, run: (stopping) => courier.deliverDue(stopping) },
    {
      name: 'forget-webhooks',
      every_ms: 60_000,
      run: () => forgetEvents(context.database.pool, kept_days, 1_000),
    },
  ]
}

import type { Job } from '../kernel/job.ts'
import type { Settings } from '../settings.ts'
import type { WebhooksContext } from './context.ts'
import { createCourier } from './deliver.ts'
import { webhookJobs } from './jobs.ts'
import { createPoster } from './post.ts'

export type Webhooks = { context: WebhooksContext; jobs: readonly Job[]; close(): Promise<void> }

/** The room as the app uses it; `close` waits for deliveries under way. */
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

import type { OverviewView } from '../api.ts'
import { lowestId } from '../kernel/ids.ts'
import { countOpenApprovals } from './approval-store.ts'
import type { ConsoleContext } from './context.ts'
import {
  countContracts,
  countHours,
  countNotifications,
  countOpen,
  countOrders,
  countReviews,
  readDay,
  readPacing,
  readTimeToFinal,
  readWebhookStanding,
} from './overview-store.ts'

/** The overview of today, by the business clock; one query after the other, so that one page takes one connection. */
export async function readOverview({
  database: { pool },
  charges,
}: ConsoleContext): Promise<OverviewView> {
  const { day, now, midnight } = await readDay(pool)
  const floor = lowestId(midnight)
  return {
    day,
    now: now.toISOString(),
    charges: await countOrders(pool, 'charges', floor),
    refunds: await countOrders(pool, 'refunds', floor),
    hours: await countHours(pool, floor),
    time_to_final_s: await readTimeToFinal(pool, floor),
    open: (await countOpen(pool)).map(({ oldest_at, ...open }) => ({
      ...open,
      oldest_at: oldest_at.toISOString(),
    })),
    in_review: await countReviews(pool),
    contracts: await countContracts(pool, midnight),
    notifications: await countNotifications(pool, midnight),
    pacing: (await readPacing(pool, charges.payments.merchants)).map(({ free_at, ...pace }) => ({
      ...pace,
      per_minute: charges.pace.queries_per_minute,
      backs_off_until: free_at?.toISOString() ?? null,
    })),
    approvals_open: await countOpenApprovals(pool),
    webhooks: await readWebhookStanding(pool),
  }
}

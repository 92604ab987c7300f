import type { FeedEventView, FeedPageView } from '../api.ts'
import { Refusal } from '../errors.ts'
import { coversPlan, type ApiKey } from '../key-guard.ts'
import type { WebhooksContext } from './context.ts'
import { readFeed, type FeedEvent, type FeedPage } from './feed-store.ts'
import { readSubject } from './write-body.ts'

/** So many positions a request looks at, when most of them may belong to plans of others. */
const most_looked_at = 1_000

/**
 * Events after a position (`latest`: none, only where the feed stands; absent: from the oldest
 * kept), those of the key's plans, at most `most`. Whoever goes on with `next_after` misses none.
 * Refuses feed_expired, feed_position_unknown.
 */
export async function readEvents(
  context: WebhooksContext,
  key: ApiKey,
  after: string | undefined,
  most: number,
): Promise<FeedPageView> {
  const { pool } = context.database
  const window = key.plan_ids.length === 0 ? most : most_looked_at
  const from = after === undefined || after === 'latest' ? null : Number(after)
  const page = await readFeed(pool, from, after === 'latest' ? 0 : window)
  const { last_position } = page
  if (after === 'latest') return { events: [], next_after: last_position, has_more: false }
  if (from !== null) refuseOutside(from, page)
  const covered = page.events.filter((event) => covers(key, event))
  const shown = covered.slice(0, most)
  const next_after =
    covered.length > most
      ? (shown.at(-1) as FeedEvent).position
      : page.events.length === window
        ? (page.events.at(-1) as FeedEvent).position
        : last_position
  return {
    events: await viewEvents(context, shown),
    next_after,
    has_more: next_after < last_position,
  }
}

function refuseOutside(after: number, { deleted_to, last_position }: FeedPage): void {
  if (after < deleted_to)
    throw new Refusal('feed_expired', [
      {
        path: 'after',
        problem: `the oldest position to go on after is ${deleted_to}, the newest ${last_position}`,
      },
    ])
  if (after > last_position)
    throw new Refusal('feed_position_unknown', [
      { path: 'after', problem: `the newest position is ${last_position}` },
    ])
}

/** What belongs to no plan is about a merchant number: only for keys of every plan. */
const covers = (key: ApiKey, { plan_id }: FeedEvent): boolean =>
  plan_id === null ? key.plan_ids.length === 0 : coversPlan(key, plan_id)

/**
 * Each thing is read once, however many events are about it. What is gone has nothing to say any
 * more.
 */
async function viewEvents(
  context: WebhooksContext,
  events: readonly FeedEvent[],
): Promise<FeedEventView[]> {
  const views: FeedEventView[] = []
  const known = new Map<string, FeedEventView['data'] | null>()
  for (const { position, type, source, subject, occurred_at } of events) {
    if (!known.has(subject))
      known.set(
        subject,
        (await readSubject(context, type, source, subject)) as FeedEventView['data'] | null,
      )
    const data = known.get(subject)
    if (data)
      views.push({
        position,
        type: type as FeedEventView['type'],
        timestamp: occurred_at.toISOString(),
        data,
      })
  }
  return views
}

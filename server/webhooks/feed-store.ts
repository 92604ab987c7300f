import type { Queryable } from '../storage/database.ts'

/** SQL of the feed: events by their positions, and how long they are kept. */

export type FeedEvent = {
  position: number
  type: string
  source: string
  subject: string
  plan_id: string | null
  occurred_at: Date
}
/** Events up to `deleted_to` may be gone; `last_position` is the newest that was given. */
export type FeedPage = { deleted_to: number; last_position: number; events: FeedEvent[] }

/**
 * Up to `most` events after a position (null: from the oldest that is kept), with the bounds of the
 * feed at the same instant: one statement, or a deletion between two of them would be a gap that
 * nobody sees.
 */
export async function readFeed(
  db: Queryable,
  after: number | null,
  most: number,
): Promise<FeedPage> {
  const { rows } = await db.query<FeedEvent & Omit<FeedPage, 'events'>>(
    `select f.deleted_to, f.last_position, e.position, e.type, e.source, e.subject, e.plan_id, e.occurred_at
       from event_feed f left join lateral (
         select * from webhook_events where position > coalesce($1, f.deleted_to) order by position limit $2) e on true
      order by e.position`,
    [after, most],
  )
  const { deleted_to, last_position } = rows[0] as Omit<FeedPage, 'events'>
  return { deleted_to, last_position, events: rows.filter(({ position }) => position !== null) }
}

/**
 * From now on the feed begins later: after up to `most` events that are older than `days`, in the
 * order of their positions and only up to the first that is younger. No reader sees a gap, whatever
 * the clock did when they were made.
 */
export async function endOldPositions(db: Queryable, days: number, most: number): Promise<void> {
  await db.query(
    `with next as (
       select position, made_at from webhook_events where position > (select deleted_to from event_feed) order by position limit $2),
     young as (select min(position) as position from next where made_at >= now() - make_interval(days => $1)),
     old as (select max(next.position) as position from next, young where young.position is null or next.position < young.position)
     update event_feed set deleted_to = old.position from old where old.position > deleted_to`,
    [days, most],
  )
}

/**
 * Deletes up to `most` events older than `days` that the feed no longer shows, with their
 * deliveries. One that is still to be delivered to an active endpoint stays until it was, or was
 * given up. Returns how many.
 */
export async function deleteOldEvents(db: Queryable, days: number, most: number): Promise<number> {
  const { rowCount } = await db.query(
    `delete from webhook_events where id in (
       select e.id from webhook_events e
        where e.made_at < now() - make_interval(days => $1) and (e.position is null or e.position <= (select deleted_to from event_feed))
          and not exists (select from webhook_deliveries d join webhook_endpoints p on p.id = d.endpoint_ref
                           where d.event_ref = e.id and d.state = 'pending' and p.state = 'active')
        order by e.made_at limit $2 for update of e skip locked)`,
    [days, most],
  )
  return rowCount ?? 0
}

/** Seconds since the oldest change was written that has no position yet; 0: every one has. */
export async function readFeedLag(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ lag_s: number }>(
    `select coalesce(extract(epoch from now() - min(written_at)), 0)::float8 as lag_s from event_outbox`,
  )
  return rows[0]?.lag_s ?? 0
}

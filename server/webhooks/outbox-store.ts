import type { Queryable } from '../storage/database.ts'
import type { HistoryRow } from './event.ts'

/** SQL that turns history rows into events and deliveries. */

/** Takes up to `most` rows from the outbox, in the caller's transaction; other processes take others. */
export async function takeOutbox(db: Queryable, most: number): Promise<HistoryRow[]> {
  const { rows } = await db.query<HistoryRow>(
    `with taken as (
       delete from webhook_outbox where id in (select id from webhook_outbox order by id limit $1 for update skip locked) returning id, source, seq)
     select t.id, 'order' as source, h.seq as source_seq, h.order_id as subject,
            case when exists (select from charges c where c.order_id = h.order_id) then 'charge' else 'refund' end as what,
            h.from_state, h.to_state, h.source as by, h.reason, h.at as occurred_at
       from taken t join order_history h on h.seq = t.seq where t.source = 'order'
     union all
     select t.id, 'contract', h.seq, h.contract_ref, 'contract', h.from_state, h.to_state, h.source, h.reason, h.at
       from taken t join contract_history h on h.seq = t.seq where t.source = 'contract'
     union all
     select t.id, 'break', h.seq, h.break_id, 'break', null, 'open', 'statement', null, h.at
       from taken t join reconciliation_history h on h.seq = t.seq where t.source = 'break' and h.break_id is not null
     union all
     select t.id, 'binding', h.seq, h.seq::text, 'user', null, 'bound', 'sign_in', null, h.at
       from taken t join user_bindings h on h.seq = t.seq where t.source = 'binding'
     order by id`,
    [most],
  )
  return rows
}

export type NewEvent = {
  id: string
  type: string
  source: string
  source_seq: number | null
  subject: string
  occurred_at: Date
}

export async function insertEvents(db: Queryable, events: readonly NewEvent[]): Promise<void> {
  await db.query(
    `insert into webhook_events (id, type, source, source_seq, subject, occurred_at)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::timestamptz[])`,
    [
      events.map((e) => e.id),
      events.map((e) => e.type),
      events.map((e) => e.source),
      events.map((e) => e.source_seq),
      events.map((e) => e.subject),
      events.map((e) => e.occurred_at),
    ],
  )
}

export type Wanted = { id: string; types: string[] }
/** Endpoints that listen; locked, so that none is removed before its deliveries are there. */
export async function lockListening(db: Queryable): Promise<Wanted[]> {
  return (
    await db.query<Wanted>(
      `select id, types from webhook_endpoints where state = 'active' order by id for key share`,
    )
  ).rows
}

export type NewDelivery = { id: string; event_ref: string; endpoint_ref: string }

export async function insertDeliveries(
  db: Queryable,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  await db.query(
    `insert into webhook_deliveries (id, event_ref, endpoint_ref) select * from unnest($1::text[], $2::text[], $3::text[])`,
    [
      deliveries.map((d) => d.id),
      deliveries.map((d) => d.event_ref),
      deliveries.map((d) => d.endpoint_ref),
    ],
  )
}

/** Events older than `days` with all their deliveries, at most `most`. */
export async function forgetEvents(db: Queryable, days: number, most: number): Promise<number> {
  const { rowCount } = await db.query(
    `delete from webhook_events where id in (select id from webhook_events where made_at < now() - make_interval(days => $1) order by made_at limit $2)`,
    [days, most],
  )
  return rowCount ?? 0
}

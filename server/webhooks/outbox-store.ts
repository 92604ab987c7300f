import type { Queryable } from '../storage/database.ts'
import type { HistoryRow } from './event.ts'

/**
 * SQL that turns history rows into events and deliveries. Locks in this order: positions,
 * endpoints, events, deliveries.
 */

/**
 * Whether this transaction is now the one that gives positions; false while another does. Ends with
 * the transaction.
 */
export async function lockPositions(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ locked: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('wugan event positions', 0)) as locked`,
  )
  return rows[0]?.locked ?? false
}

/**
 * Takes up to `most` rows from the outbox, those of one subject in the order of its changes, in the
 * caller's transaction.
 */
export async function takeOutbox(db: Queryable, most: number): Promise<HistoryRow[]> {
  const { rows } = await db.query<HistoryRow>(
    `with taken as (
       delete from event_outbox where id in (select id from event_outbox order by id limit $1) returning id, source, seq)
     select t.id, 'order' as source, h.seq as source_seq, h.order_id as subject, case when r.order_id is null then 'charge' else 'refund' end as what,
            c.plan_id, h.from_state, h.to_state, h.source as by, h.reason, h.at as occurred_at
       from taken t join order_history h on h.seq = t.seq left join refunds r on r.order_id = h.order_id
       left join charges c on c.order_id = coalesce(r.charge_ref, h.order_id) where t.source = 'order'
     union all
     select t.id, 'contract', h.seq, h.contract_ref, 'contract', k.plan_id, h.from_state, h.to_state, h.source, h.reason, h.at
       from taken t join contract_history h on h.seq = t.seq join contracts k on k.id = h.contract_ref where t.source = 'contract'
     union all
     select t.id, 'break', h.seq, h.break_id, 'break', null, null, 'open', 'statement', null, h.at
       from taken t join reconciliation_history h on h.seq = t.seq where t.source = 'break' and h.break_id is not null
     union all
     select t.id, 'binding', h.seq, h.seq::text, 'user', null, null, 'bound', 'sign_in', null, h.at
       from taken t join user_bindings h on h.seq = t.seq where t.source = 'binding'
     order by id`,
    [most],
  )
  return rows
}

/**
 * The first of `count` new positions. They follow the last one given, and are given when the
 * transaction commits.
 */
export async function givePositions(db: Queryable, count: number): Promise<number> {
  const { rows } = await db.query<{ first: number }>(
    `update event_feed set last_position = last_position + $1 returning last_position - $1 + 1 as first`,
    [count],
  )
  return (rows[0] as { first: number }).first
}

/** `position` and `plan_id`: null of a test. `plan_id`: null too of what belongs to no plan. */
export type NewEvent = {
  id: string
  type: string
  source: string
  source_seq: number | null
  subject: string
  plan_id: string | null
  position: number | null
  occurred_at: Date
}

export async function insertEvents(db: Queryable, events: readonly NewEvent[]): Promise<void> {
  await db.query(
    `insert into webhook_events (id, type, source, source_seq, subject, plan_id, position, occurred_at)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::bigint[], $8::timestamptz[])`,
    [
      events.map((e) => e.id),
      events.map((e) => e.type),
      events.map((e) => e.source),
      events.map((e) => e.source_seq),
      events.map((e) => e.subject),
      events.map((e) => e.plan_id),
      events.map((e) => e.position),
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

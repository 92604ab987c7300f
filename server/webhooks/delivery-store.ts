import { conditionsOf } from '../storage/conditions.ts'
import type { Queryable } from '../storage/database.ts'
import type { DeliveryState } from './states.ts'

/** SQL of deliveries. */

export type Attempt = { at: string; status: number | null; ms: number; problem: string | null }
export type Delivery = {
  id: string
  event_ref: string
  endpoint_ref: string
  state: DeliveryState
  tries: number
  due_at: Date
  attempts: Attempt[]
  delivered_at: Date | null
  type: string
  source: string
  subject: string
  occurred_at: Date
  position: number | null
}
const columns =
  'd.id, d.event_ref, d.endpoint_ref, d.state, d.tries, d.due_at, d.attempts, d.delivered_at, e.type, e.source, e.subject, e.occurred_at, e.position'

/**
 * Takes what is due, oldest first, at most `most` for each endpoint that is not in `busy`: one that
 * hangs holds up only itself. A process that dies with it leaves it due again after a minute.
 */
export async function claimDeliveries(
  db: Queryable,
  busy: readonly string[],
  most: number,
): Promise<Delivery[]> {
  const { rows } = await db.query<Delivery>(
    `with due as (
       select d.id from webhook_endpoints p cross join lateral (
         select id from webhook_deliveries where endpoint_ref = p.id and state = 'pending' and due_at <= business_now()
          order by due_at, id limit $2 for update skip locked) d
        where p.state = 'active' and not p.id = any($1)),
     claimed as (
       update webhook_deliveries set tries = tries + 1, due_at = business_now() + interval '1 minute' where id in (select id from due) returning *)
     select ${columns} from claimed d join webhook_events e on e.id = d.event_ref order by d.id`,
    [busy, most],
  )
  return rows
}

/**
 * `again_in_s` null: it has ended, as `state` says. Only for the attempt that claimed it,
 * identified by its number.
 */
export async function writeAttempt(
  db: Queryable,
  delivery: Delivery,
  attempt: Omit<Attempt, 'at'>,
  state: Delivery['state'],
  again_in_s: number | null,
): Promise<void> {
  await db.query(
    `update webhook_deliveries set state = $3, delivered_at = case when $3 = 'delivered' then business_now() end,
       due_at = case when $4::float8 is null then due_at else business_now() + make_interval(secs => $4::float8) end,
       attempts = (case when jsonb_array_length(attempts) >= 20 then attempts - 0 else attempts end)
         || jsonb_build_object('at', to_char(business_now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'status', $5::int, 'ms', $6::int, 'problem', $7::text)
     where id = $1 and tries = $2 and state = 'pending'`,
    [delivery.id, delivery.tries, state, again_in_s, attempt.status, attempt.ms, attempt.problem],
  )
}

export async function findDelivery(db: Queryable, id: string): Promise<Delivery | null> {
  return (
    (
      await db.query<Delivery>(
        `select ${columns} from webhook_deliveries d join webhook_events e on e.id = d.event_ref where d.id = $1`,
        [id],
      )
    ).rows[0] ?? null
  )
}

/** Claims one for the caller, who sends it now. */
export async function claimOne(db: Queryable, id: string): Promise<void> {
  await db.query(
    `update webhook_deliveries set tries = tries + 1, due_at = business_now() + interval '1 minute' where id = $1`,
    [id],
  )
}

export type DeliveryFilter = {
  endpoint?: string | undefined
  state?: string | undefined
  type?: string | undefined
  event?: string | undefined
  before?: string | undefined
}

export async function listDeliveries(
  db: Queryable,
  filter: DeliveryFilter,
  most: number,
): Promise<Delivery[]> {
  const { where, values } = conditionsOf([
    ['d.endpoint_ref = $', filter.endpoint],
    ['d.state = $', filter.state],
    ['e.type = $', filter.type],
    ['d.event_ref = $', filter.event],
    ['d.id < $', filter.before],
  ])
  return (
    await db.query<Delivery>(
      `select ${columns} from webhook_deliveries d join webhook_events e on e.id = d.event_ref ${where} order by d.id desc limit $${values.length + 1}`,
      [...values, most],
    )
  ).rows
}

/** The same event once more, from the first gap. Null: there is no such delivery. */
export async function replayDelivery(db: Queryable, id: string): Promise<Delivery | null> {
  const { rows } = await db.query<Delivery>(
    `with again as (update webhook_deliveries set state = 'pending', tries = 0, due_at = business_now(), delivered_at = null where id = $1 returning *)
     select ${columns} from again d join webhook_events e on e.id = d.event_ref`,
    [id],
  )
  return rows[0] ?? null
}

/**
 * Everything of the time that the endpoint wants, delivered before or not, even what happened while
 * it was disabled. Returns how many. Locks events before their deliveries, as deletion does; the
 * caller holds the endpoint.
 */
export async function replaySince(
  db: Queryable,
  endpoint: { id: string; types: readonly string[] },
  from: string,
  to: string | null,
): Promise<number> {
  const { rowCount } = await db.query(
    `with wanted as materialized (
       select id from webhook_events
        where source <> 'test' and occurred_at >= $2 and ($3::timestamptz is null or occurred_at < $3) and (cardinality($4::text[]) = 0 or type = any($4))
        order by id for key share)
     insert into webhook_deliveries (id, event_ref, endpoint_ref)
     select left(id, 10) || upper(substr(md5(id || $1), 1, 16)), id, $1 from wanted order by id
     on conflict (event_ref, endpoint_ref) do update set state = 'pending', tries = 0, due_at = business_now(), delivered_at = null`,
    [endpoint.id, from, to, endpoint.types],
  )
  return rowCount ?? 0
}

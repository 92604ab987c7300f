import type { OverviewView } from '../api.ts'
import type { Queryable } from '../storage/database.ts'

/**
 * SQL of the overview of today. `floor` is the lowest order_id of the day: ids sort by time, so
 * that no index of its own is needed.
 */

const today = `(business_now() at time zone 'Asia/Shanghai')::date`

export async function readDay(db: Queryable): Promise<{ day: string; now: Date; midnight: Date }> {
  const { rows } = await db.query<{ day: string; now: Date; midnight: Date }>(
    `select ${today} as day, business_now() as now, (${today})::timestamp at time zone 'Asia/Shanghai' as midnight`,
  )
  return rows[0] as { day: string; now: Date; midnight: Date }
}

export async function countOrders(
  db: Queryable,
  table: 'charges' | 'refunds',
  floor: string,
): Promise<OverviewView['charges']> {
  return (
    await db.query<OverviewView['charges'][number]>(
      `select state, count(*)::int as count, sum(amount_fen)::bigint as amount_fen from ${table} where order_id >= $1 group by state order by state`,
      [floor],
    )
  ).rows
}

export async function countHours(db: Queryable, floor: string): Promise<OverviewView['hours']> {
  return (
    await db.query<OverviewView['hours'][number]>(
      `select extract(hour from accepted_at at time zone 'Asia/Shanghai')::int as hour, count(*) filter (where state = 'succeeded')::int as succeeded,
            count(*) filter (where state = 'failed')::int as failed, count(*) filter (where state = 'pending')::int as pending,
            coalesce(sum(amount_fen) filter (where state = 'succeeded'), 0)::bigint as amount_fen,
            percentile_cont(0.5) within group (order by extract(epoch from settled_at - accepted_at)::float8) as p50_s
       from charges where order_id >= $1 group by 1 order by 1`,
      [floor],
    )
  ).rows
}

export async function readTimeToFinal(
  db: Queryable,
  floor: string,
): Promise<OverviewView['time_to_final_s']> {
  const { rows } = await db.query<OverviewView['time_to_final_s']>(
    `select percentile_cont(0.5) within group (order by took) as p50, percentile_cont(0.95) within group (order by took) as p95, max(took)::float8 as max
       from (select extract(epoch from settled_at - accepted_at)::float8 as took from charges where order_id >= $1 and settled_at is not null) t`,
    [floor],
  )
  return rows[0] ?? { p50: null, p95: null, max: null }
}

/** By the partial indexes of each: what is open is few, however many orders there are. */
const open_orders = ['charges', 'refunds']
  .flatMap((table) =>
    ['notification', 'statement', 'manual_review'].map(
      (waits_for) =>
        `select waits_for, accepted_at from ${table} where state = 'pending' and waits_for = '${waits_for}'`,
    ),
  )
  .join(' union all ')

export async function countOpen(
  db: Queryable,
): Promise<
  { waits_for: OverviewView['open'][number]['waits_for']; count: number; oldest_at: Date }[]
> {
  return (
    await db.query<{
      waits_for: OverviewView['open'][number]['waits_for']
      count: number
      oldest_at: Date
    }>(
      `select waits_for, count(*)::int as count, min(accepted_at) as oldest_at from (${open_orders}) o group by waits_for order by waits_for`,
    )
  ).rows
}

export async function countReviews(db: Queryable): Promise<OverviewView['in_review']> {
  const { rows } = await db.query<OverviewView['in_review']>(
    `select (select count(*)::int from charges where needs_review) + (select count(*)::int from charges where state = 'pending' and waits_for = 'manual_review' and not needs_review) as charges,
            (select count(*)::int from refunds where needs_review) + (select count(*)::int from refunds where state = 'pending' and waits_for = 'manual_review' and not needs_review) as refunds,
            (select count(*)::int from contracts where needs_review) as contracts`,
  )
  return rows[0] ?? { charges: 0, refunds: 0, contracts: 0 }
}

export async function countContracts(
  db: Queryable,
  midnight: Date,
): Promise<OverviewView['contracts']> {
  const { rows } = await db.query<OverviewView['contracts']>(
    `select (select count(*)::int from contracts where signed_at >= $1) as signed, (select count(*)::int from contracts where terminated_at >= $1) as ended,
            (select count(*)::int from contracts where state = 'applying') as signings_open`,
    [midnight],
  )
  return rows[0] ?? { signed: 0, ended: 0, signings_open: 0 }
}

export async function countNotifications(
  db: Queryable,
  midnight: Date,
): Promise<OverviewView['notifications']> {
  return (
    await db.query<OverviewView['notifications'][number]>(
      `select kind, outcome, count(*)::int as count from notifications where received_at >= $1 group by kind, outcome order by kind, outcome`,
      [midnight],
    )
  ).rows
}

export async function readPacing(
  db: Queryable,
  merchants: readonly string[],
): Promise<{ merchant_no: string; due: number; free_at: Date | null }[]> {
  return (
    await db.query<{ merchant_no: string; due: number; free_at: Date | null }>(
      `select m.merchant_no, (select count(*)::int from charges c where c.merchant_no = m.merchant_no and c.state = 'pending' and c.waits_for = 'notification' and c.due_at <= business_now())
              + (select count(*)::int from refunds r where r.merchant_no = m.merchant_no and r.state = 'pending' and r.waits_for = 'notification' and r.due_at <= business_now()) as due,
            case when p.free_at > business_now() + interval '2 minutes' then p.free_at end as free_at
       from unnest($1::text[]) as m (merchant_no) left join query_pace p on p.merchant_no = m.merchant_no order by 1`,
      [merchants],
    )
  ).rows
}

/** Deliveries to the merchant's systems: what has not arrived, and endpoints that get nothing. */
export async function readWebhookStanding(db: Queryable): Promise<OverviewView['webhooks']> {
  const { rows } = await db.query<{ pending: number; oldest_at: Date | null; disabled: number }>(
    `select (select count(*)::int from webhook_deliveries where state = 'pending') as pending,
            (select min(e.occurred_at) from webhook_deliveries d join webhook_events e on e.id = d.event_ref where d.state = 'pending') as oldest_at,
            (select count(*)::int from webhook_endpoints where state = 'disabled') as disabled`,
  )
  const { oldest_at = null, pending = 0, disabled = 0 } = rows[0] ?? {}
  return { pending, oldest_at: oldest_at?.toISOString() ?? null, disabled }
}

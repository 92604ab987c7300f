import type { Queryable } from '../storage/database.ts'

/**
 * SQL of what operators watch. Each reads by a partial index: what is open is few, however many
 * orders there are.
 */

type Labels = Record<string, string>
export type Reading = { labels: Labels; value: number }

/** Orders without a final state: how many, and for how many seconds the oldest of them. */
export async function readOpen(
  db: Queryable,
): Promise<{ kind: string; waits_for: string; count: number; oldest_s: number }[]> {
  const one = (kind: string, table: string, waits_for: string): string =>
    `select '${kind}' as kind, '${waits_for}' as waits_for, count(*)::int as count, coalesce(extract(epoch from business_now() - min(accepted_at)), 0)::float8 as oldest_s
       from ${table} where state = 'pending' and waits_for = '${waits_for}'`
  const parts = ['notification', 'statement', 'manual_review'].flatMap((waits_for) => [
    one('charge', 'charges', waits_for),
    one('refund', 'refunds', waits_for),
  ])
  return (
    await db.query<{ kind: string; waits_for: string; count: number; oldest_s: number }>(
      parts.join(' union all '),
    )
  ).rows
}

export async function readReviews(db: Queryable): Promise<Reading[]> {
  const one = (kind: string, table: string): string =>
    `select '${kind}' as kind, count(*)::int as value from ${table} where needs_review`
  const { rows } = await db.query<{ kind: string; value: number }>(
    [one('charge', 'charges'), one('refund', 'refunds'), one('contract', 'contracts')].join(
      ' union all ',
    ),
  )
  return rows.map(({ kind, value }) => ({ labels: { kind }, value }))
}

/**
 * Days since the newest clearing day that was compared: 1 after the morning, 2 before it. Merchant
 * numbers without any are left out.
 */
export async function readStatementAge(db: Queryable): Promise<Reading[]> {
  const { rows } = await db.query<{ merchant_no: string; days: number }>(
    `select merchant_no, (business_now() at time zone 'Asia/Shanghai')::date - max(day) as days from statements where state = 'reconciled' group by merchant_no`,
  )
  return rows.map(({ merchant_no, days }) => ({ labels: { merchant_no }, value: days }))
}

export async function readBreaks(db: Queryable): Promise<Reading[]> {
  const { rows } = await db.query<{ kind: string; count: number }>(
    `select kind, count(*)::int as count from reconciliation_breaks where state = 'open' group by kind`,
  )
  return rows.map(({ kind, count }) => ({ labels: { kind }, value: count }))
}

export async function readWebhooks(
  db: Queryable,
): Promise<{ pending: number; oldest_s: number; disabled: number }> {
  const { rows } = await db.query<{ pending: number; oldest_s: number; disabled: number }>(
    `select count(*)::int as pending, coalesce(extract(epoch from now() - min(e.made_at)), 0)::float8 as oldest_s,
            (select count(*)::int from webhook_endpoints where state = 'disabled') as disabled
       from webhook_deliveries d join webhook_events e on e.id = d.event_ref where d.state = 'pending'`,
  )
  return rows[0] ?? { pending: 0, oldest_s: 0, disabled: 0 }
}

/** The shared tokens of the open platform: requests that failed in a row, seconds of life left. */
export async function readTokens(
  db: Queryable,
): Promise<{ name: string; failures: number; life_s: number }[]> {
  return (
    await db.query<{ name: string; failures: number; life_s: number }>(
      `select name, failures, greatest(coalesce(extract(epoch from expires_at - business_now()), 0), 0)::float8 as life_s from shared_tokens`,
    )
  ).rows
}

/** Orders of merchants that more than one charge has paid. */
export async function countPaidTwice(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(distinct merchant_order_no)::int as n from charges where needs_review and review_reason = 'paid_twice'`,
  )
  return rows[0]?.n ?? 0
}

import type { Queryable } from '../storage/database.ts'

/** SQL of the search by any number that a caller on the phone may read out. */

export type Found = {
  kind: 'charge' | 'refund' | 'contract'
  id: string
  title: string
  /** of a contract: whose it is, and for which plan */
  user_id: string | null
  plan_id: string | null
  state: string
  at: Date
}

/**
 * By order_id, the merchant's number, UnionPay's number, a contract's id, code or contract_id, or a
 * user_id. Newest first.
 */
export async function findAnything(
  db: Queryable,
  text: string,
  contract_id_digest: string,
  most: number,
): Promise<Found[]> {
  const { rows } = await db.query<Found>(
    `with mine as (select c.id from contracts c join users u on u.id = c.user_ref where u.user_id = $1
                   union select id from contracts where id = $1 or contract_code = $1 or contract_id_digest = $2)
     (select 'contract' as kind, c.id, c.plan_id as title, u.user_id, c.plan_id, c.state, c.started_at as at from contracts c join users u on u.id = c.user_ref
       where c.id in (select id from mine) order by c.started_at desc limit $3)
     union all
     (select 'charge', order_id, merchant_order_no || ' · ' || description, null, null, state, accepted_at from charges where order_id in (
        select order_id from charges where order_id = $1 union select order_id from charges where merchant_order_no = $1 union select order_id from charges where query_id = $1
        union (select c.order_id from mine cross join lateral (select order_id from charges where contract_ref = mine.id order by order_id desc limit $3) c))
       order by order_id desc limit $3)
     union all
     (select 'refund', charge_ref, description, null, null, state, accepted_at from refunds where order_id in (
        select order_id from refunds where order_id = $1 union select order_id from refunds where query_id = $1) limit $3)
     order by at desc limit $3`,
    [text, contract_id_digest, most],
  )
  return rows
}

export type StoredMessage = {
  id: string
  kind: string
  body_sealed: string
  outcome: string
  received_at: Date
  repeats: number
}

/** What UnionPay sent about an order or a contract, newest first. */
export async function listMessages(
  db: Queryable,
  about: { order_ids: readonly string[] } | { contract: string },
): Promise<StoredMessage[]> {
  const columns = 'id, kind, body_sealed, outcome, received_at, repeats'
  const sql =
    'contract' in about
      ? `select ${columns} from notifications where contract_ref = $1 order by received_at desc limit 50`
      : `select ${columns} from notifications where order_id = any($1::text[]) order by received_at desc limit 50`
  return (
    await db.query<StoredMessage>(sql, ['contract' in about ? about.contract : about.order_ids])
  ).rows
}

export async function listKeys(db: Queryable): Promise<
  {
    id: string
    name: string
    verbs: string[]
    plan_ids: string[]
    created_at: Date
    revoked_at: Date | null
  }[]
> {
  return (
    await db.query<{
      id: string
      name: string
      verbs: string[]
      plan_ids: string[]
      created_at: Date
      revoked_at: Date | null
    }>(
      `select id, name, verbs, plan_ids, created_at, revoked_at from api_keys order by created_at desc limit 200`,
    )
  ).rows
}

export async function countActive(db: Queryable): Promise<Map<string, number>> {
  const { rows } = await db.query<{ plan_id: string; count: number }>(
    `select plan_id, count(*)::int as count from contracts where state = 'active' group by plan_id`,
  )
  return new Map(rows.map(({ plan_id, count }) => [plan_id, count]))
}

import type { Queryable } from '../storage/database.ts'
import type { Charge, Wish } from './charge.ts'
import { chargeColumns } from './store.ts'

export type NewCharge = Wish & {
  order_id: string
  contract_ref: string
  plan_id: string
  profile_digest: string
  daily_limit_fen: number
  owner: string
  key: string
  body_digest: string
  /** seconds after which the first query is due if nothing else is heard */
  due_in_s: number
}

/**
 * Accepts charges of different contracts and keys in one statement that commits by itself: the contract locked and open (whyNotCharged), the key
 * and the merchant_order_no free, the limit of the Shanghai day not exceeded. One of which any of it does not hold is not among
 * the rows and leaves no trace. A twin that was quicker violates a unique constraint, and then nothing is accepted. Contracts are
 * locked in their order, and all before the first day, so that two statements never wait for each other.
 */
export async function insertCharges(
  db: Queryable,
  charges: readonly NewCharge[],
): Promise<Charge[]> {
  const all = <Name extends keyof NewCharge>(name: Name): NewCharge[Name][] =>
    charges.map((charge) => charge[name])
  const { rows } = await db.query<Charge>({
    name: 'accept-charges',
    text: `
    with want as materialized (
      select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::bigint[],
        $11::text[], $12::text[], $13::float8[]) as w (owner, key, body_digest, order_id, contract_ref, plan_id, merchant_no, merchant_order_no,
        amount_fen, daily_limit_fen, description, profile_digest, due_in_s)),
    now as materialized (select business_now() as at, (business_now() at time zone 'Asia/Shanghai') as beijing),
    free as materialized (
      select w.* from want w where pg_try_advisory_xact_lock(hashtextextended('charge ' || w.owner || ' ' || w.key, 0))
         and not exists (select from idempotency_keys i where i.owner = w.owner and i.verb = 'charge' and i.key = w.key)
         and not exists (select from charges c where c.merchant_order_no = w.merchant_order_no and (c.state <> 'failed' or c.needs_review))),
    held as materialized (
      select f.* from free f join contracts k on k.id = f.contract_ref where k.state = 'active' and not k.number_differs order by k.id for update of k),
    day as (
      insert into contract_days as d (contract_ref, day, used_fen)
      select held.contract_ref, now.beijing::date, held.amount_fen from held, now where held.amount_fen <= held.daily_limit_fen order by held.contract_ref
      on conflict (contract_ref, day) do update set used_fen = d.used_fen + excluded.used_fen
        where d.used_fen + excluded.used_fen <= (select daily_limit_fen from want where want.contract_ref = excluded.contract_ref)
      returning contract_ref, day),
    key as (
      insert into idempotency_keys (owner, verb, key, body_digest, order_id)
      select owner, 'charge', key, body_digest, order_id from held join day using (contract_ref)),
    accepted as (
      insert into charges (order_id, contract_ref, plan_id, merchant_no, merchant_order_no, amount_fen, description, txn_time, accepted_at,
        accepted_on, profile_digest, waits_for, due_at)
      select order_id, contract_ref, plan_id, merchant_no, merchant_order_no, amount_fen, description, to_char(now.beijing, 'YYYYMMDDHH24MISS'), now.at,
        day.day, profile_digest, 'notification', now.at + make_interval(secs => due_in_s)
      from held join day using (contract_ref), now returning *),
    told as (insert into order_history (order_id, to_state, source) select order_id, state, 'merchant' from accepted)
    select ${chargeColumns} from accepted`,
    values: [
      all('owner'),
      all('key'),
      all('body_digest'),
      all('order_id'),
      all('contract_ref'),
      all('plan_id'),
      all('merchant_no'),
      all('merchant_order_no'),
      all('amount_fen'),
      all('daily_limit_fen'),
      all('description'),
      all('profile_digest'),
      all('due_in_s'),
    ],
  })
  return rows
}

import {
  CommitInDoubt,
  isUniqueViolation,
  oneStatement,
  type Queryable,
  type Database,
} from '../storage/database.ts'
import { notice_holds_days, type Charge, type ChargeRequest } from './charge.ts'
import { chargeColumns, findCharge } from './store.ts'
import { Refusal } from '../errors.ts'
import { createBatcher, type Batcher } from '../storage/batcher.ts'
import { recheckCommit } from '../transactions/mark-sent.ts'

export type NewCharge = ChargeRequest & {
  order_id: string
  contract_ref: string
  plan_id: string
  profile_digest: string
  daily_limit_fen: number
  owner: string
  key: string
  body_digest: string
  /** seconds after which the first query is due unless an outcome comes before */
  due_in_s: number
  /** a place to send is taken: the charge is marked as sent in the same commit */
  sends_now: boolean
  /**
   * a renewal is announced to the payer before it is debited; `required`: refused without a notice
   */
  notice: 'none' | 'recorded' | 'required'
}

/**
 * The statement that accepts charges, of different contracts, keys and orders. CTEs are locked in
 * this sequence, each by its ids: contract, the order's charges, notice, day. The snapshot is older
 * than the locks, so the rules read columns of locked rows; what a rule cannot see (a twin that was
 * inserted meanwhile) violates a unique index. Only `day` writes and filters, and it is the last.
 */
const accept_charges = `
    with requested as materialized (
      select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::bigint[],
        $11::text[], $12::text[], $13::float8[], $14::boolean[], $15::text[]) as r (owner, key, body_digest, order_id, contract_ref, plan_id, merchant_no,
        merchant_order_no, amount_fen, daily_limit_fen, description, profile_digest, due_in_s, sends_now, notice)),
    clock as materialized (select business_now() as at, (business_now() at time zone 'Asia/Shanghai') as beijing),
    available as materialized (
      select r.* from requested r where pg_try_advisory_xact_lock(hashtextextended('charge ' || r.owner || ' ' || r.key, 0))
         and not exists (select from idempotency_keys i where i.owner = r.owner and i.verb = 'charge' and i.key = r.key)),
    contract as materialized (
      select a.* from available a join contracts k on k.id = a.contract_ref where k.state = 'active' and not k.number_differs order by k.id for update of k),
    existing as materialized (
      select c.merchant_order_no, c.state, c.needs_review from charges c where c.merchant_order_no in (select merchant_order_no from contract)
       order by c.merchant_order_no, c.order_id for update of c),
    allowed as materialized (
      select k.* from contract k where not exists (
        select from existing e where e.merchant_order_no = k.merchant_order_no and (e.state <> 'failed' or e.needs_review))),
    notice as materialized (
      select a.order_id, n.id from allowed a cross join clock cross join lateral (
        select n.id from debit_notices n
         where a.notice <> 'none' and n.contract_ref = a.contract_ref and n.withdrawn_at is null and n.amount_fen >= a.amount_fen
           and n.debit_on between clock.beijing::date - ${notice_holds_days} and clock.beijing::date
           and not exists (select from charges c where c.notice_ref = n.id and (c.state <> 'failed' or c.needs_review))
           and not exists (select from charges c where c.contract_ref = n.contract_ref and (c.state <> 'failed' or c.needs_review) and c.notice_ref is null
             and c.first_debit_of is null and c.accepted_on >= n.debit_on)
         order by n.debit_on desc, n.id limit 1 for update of n) n),
    covered as materialized (
      select a.*, n.id as notice_ref, case when f.is_first then a.contract_ref end as first_debit_of
        from allowed a left join notice n using (order_id) cross join lateral (
          select a.notice <> 'none' and not exists (select from charges c where c.contract_ref = a.contract_ref and (c.state <> 'failed' or c.needs_review)) as is_first) f
       where a.notice <> 'required' or n.id is not null or f.is_first),
    day as (
      insert into contract_days as d (contract_ref, day, used_fen)
      select v.contract_ref, clock.beijing::date, v.amount_fen from covered v, clock where v.amount_fen <= v.daily_limit_fen order by v.contract_ref
      on conflict (contract_ref, day) do update set used_fen = d.used_fen + excluded.used_fen
        where d.used_fen + excluded.used_fen <= (select daily_limit_fen from requested r where r.contract_ref = excluded.contract_ref)
      returning contract_ref, day),
    passed as (select v.*, day.day from covered v join day using (contract_ref)),
    key as (
      insert into idempotency_keys (owner, verb, key, body_digest, order_id) select owner, 'charge', key, body_digest, order_id from passed),
    accepted as (
      insert into charges (order_id, contract_ref, plan_id, merchant_no, merchant_order_no, amount_fen, description, txn_time, accepted_at,
        accepted_on, profile_digest, waits_for, due_at, sent_at, notice_ref, first_debit_of)
      select order_id, contract_ref, plan_id, merchant_no, merchant_order_no, amount_fen, description, to_char(clock.beijing, 'YYYYMMDDHH24MISS'), clock.at,
        day, profile_digest, 'notification', clock.at + make_interval(secs => due_in_s), case when sends_now then clock.at end, notice_ref, first_debit_of
      from passed, clock returning *),
    history as (insert into order_history (order_id, to_state, source) select order_id, state, 'merchant' from accepted)
    select ${chargeColumns} from accepted`

/**
 * Accepts charges in one statement that commits by itself: the key and the merchant_order_no are
 * free, the contract is open (whyNotCharged), a renewal is announced where that is required, the
 * limit of the Shanghai day is not exceeded. A charge that breaks any of these rules is not among
 * the rows and writes nothing. A twin that was faster violates a unique constraint; then nothing is
 * accepted.
 */
async function insertCharges(db: Queryable, charges: readonly NewCharge[]): Promise<Charge[]> {
  const all = <Name extends keyof NewCharge>(name: Name): NewCharge[Name][] =>
    charges.map((charge) => charge[name])
  const { rows } = await db.query<Charge>({
    name: 'accept-charges',
    text: accept_charges,
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
      all('sends_now'),
      all('notice'),
    ],
  })
  return rows
}

/**
 * Accepts charges, several in one commit: at most one of a contract, of an idempotency key and of a
 * merchant_order_no at once. Null when the statement accepted nothing. Refuses
 * merchant_order_taken.
 */
export function createAcceptBatcher(
  database: Pick<Database, 'pool'>,
  uncertain: Set<string>,
): Batcher<NewCharge, Charge | null> {
  const insert = (charges: readonly NewCharge[]): Promise<Charge[]> =>
    oneStatement(database, (db) => insertCharges(db, charges))
  return createBatcher({
    async together(charges) {
      const accepted = new Map(
        (await insert(charges.toSorted(byContract))).map((charge) => [charge.order_id, charge]),
      )
      return charges.map(({ order_id }) => accepted.get(order_id) ?? null)
    },
    async alone(charge, error) {
      if (error instanceof CommitInDoubt) return readAgain(database, uncertain, charge)
      return insertAlone(database, uncertain, charge)
    },
    keysOf: ({ contract_ref, owner, key, merchant_order_no }) => [
      `contract ${contract_ref}`,
      `key ${owner} ${key}`,
      `order ${merchant_order_no}`,
    ],
  })
}

/**
 * After an uncertain commit nothing is sent before the row is read; nor is it inserted again: the
 * commit may still be under way.
 */
const readAgain = (
  { pool }: Pick<Database, 'pool'>,
  uncertain: Set<string>,
  { order_id }: NewCharge,
): Promise<Charge | null> => recheckCommit(uncertain, order_id, () => findCharge(pool, order_id))

/**
 * When another charge used the notice meanwhile the statement is repeated: another notice may cover
 * this one.
 */
const most_tries = 3

async function insertAlone(
  database: Pick<Database, 'pool'>,
  uncertain: Set<string>,
  charge: NewCharge,
): Promise<Charge | null> {
  for (let tried = 1; ; tried++) {
    try {
      return (await oneStatement(database, (db) => insertCharges(db, [charge])))[0] ?? null
    } catch (error) {
      if (error instanceof CommitInDoubt) return readAgain(database, uncertain, charge)
      if (isUniqueViolation(error, 'charges_one_per_order'))
        throw new Refusal('merchant_order_taken')
      const by_notice =
        isUniqueViolation(error, 'charges_notice') ||
        isUniqueViolation(error, 'charges_first_debit')
      if (by_notice && tried < most_tries) continue
      if (isUniqueViolation(error)) return null // a twin with the same key was faster
      throw error
    }
  }
}

const byContract = (one: NewCharge, other: NewCharge): number =>
  one.contract_ref < other.contract_ref ? -1 : 1

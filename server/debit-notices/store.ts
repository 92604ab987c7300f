import type { Queryable } from '../storage/database.ts'
import type { DebitNotice, Delivery } from './debit-notice.ts'

/** SQL of debit notices and of how they reached the payer. */

const columns = `n.id, n.contract_ref, n.kind, n.amount_fen, n.previous_amount_fen, n.debit_on, n.description, n.way_to_cancel, n.announced_at,
  n.announced_by, n.withdrawn_at`

export type NewDebitNotice = Omit<DebitNotice, 'announced_at' | 'withdrawn_at'>

/** Null when another notice for this contract and day stands. */
export async function insertNotice(
  db: Queryable,
  notice: NewDebitNotice,
): Promise<DebitNotice | null> {
  const { rows } = await db.query<DebitNotice>(
    `insert into debit_notices as n (id, contract_ref, kind, amount_fen, previous_amount_fen, debit_on, description, way_to_cancel, announced_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (contract_ref, debit_on) where withdrawn_at is null do nothing returning ${columns}`,
    [
      notice.id,
      notice.contract_ref,
      notice.kind,
      notice.amount_fen,
      notice.previous_amount_fen,
      notice.debit_on,
      notice.description,
      notice.way_to_cancel,
      notice.announced_by,
    ],
  )
  return rows[0] ?? null
}

export async function findNotice(db: Queryable, id: string): Promise<DebitNotice | null> {
  return (
    (await db.query<DebitNotice>(`select ${columns} from debit_notices n where n.id = $1`, [id]))
      .rows[0] ?? null
  )
}

/** The notice that stands for a contract and day. */
export async function findStanding(
  db: Queryable,
  contract_ref: string,
  debit_on: string,
): Promise<DebitNotice | null> {
  const { rows } = await db.query<DebitNotice>(
    `select ${columns} from debit_notices n where n.contract_ref = $1 and n.debit_on = $2 and n.withdrawn_at is null`,
    [contract_ref, debit_on],
  )
  return rows[0] ?? null
}

export async function withdrawNotice(db: Queryable, id: string): Promise<void> {
  await db.query(
    `update debit_notices set withdrawn_at = business_now() where id = $1 and withdrawn_at is null`,
    [id],
  )
}

/** Told once for each channel and number of the message. */
export async function insertDelivery(
  db: Queryable,
  notice_ref: string,
  channel: string,
  proof: string | null,
): Promise<void> {
  await db.query(
    `insert into debit_notice_deliveries (notice_ref, channel, proof) values ($1, $2, $3) on conflict (notice_ref, channel, coalesce(proof, '')) do nothing`,
    [notice_ref, channel, proof],
  )
}

export async function listDeliveries(
  db: Queryable,
  notice_refs: readonly string[],
): Promise<Map<string, Delivery[]>> {
  const { rows } = await db.query<Delivery & { notice_ref: string }>(
    `select notice_ref, channel, proof, delivered_at from debit_notice_deliveries where notice_ref = any($1::text[]) order by seq`,
    [notice_refs],
  )
  const found = new Map<string, Delivery[]>()
  for (const { notice_ref, ...delivery } of rows)
    found.set(notice_ref, [...(found.get(notice_ref) ?? []), delivery])
  return found
}

export type NoticeFilter = {
  plan_ids: readonly string[] // empty: every plan
  contract?: string | undefined
  from?: string | undefined
  to?: string | undefined
  before?: string | undefined
}

/** Newest first; `from` and `to` are days of the debit, both included. */
export async function listNotices(
  db: Queryable,
  filter: NoticeFilter,
  most: number,
): Promise<DebitNotice[]> {
  const { rows } = await db.query<DebitNotice>(
    `select ${columns} from debit_notices n join contracts c on c.id = n.contract_ref
      where (cardinality($1::text[]) = 0 or c.plan_id = any($1)) and ($2::text is null or n.contract_ref = $2)
        and ($3::date is null or n.debit_on >= $3) and ($4::date is null or n.debit_on <= $4) and ($5::text is null or n.id < $5)
      order by n.id desc limit $6`,
    [
      filter.plan_ids,
      filter.contract ?? null,
      filter.from ?? null,
      filter.to ?? null,
      filter.before ?? null,
      most,
    ],
  )
  return rows
}

export type ComingDebit = DebitNotice & { plan_id: string }

/** Debits still to come of a user's contracts that are active, soonest first. */
export async function listComing(
  db: Queryable,
  user_ref: string,
  most: number,
): Promise<ComingDebit[]> {
  const { rows } = await db.query<ComingDebit>(
    `select ${columns}, c.plan_id from debit_notices n join contracts c on c.id = n.contract_ref
      where c.user_ref = $1 and c.state = 'active' and n.withdrawn_at is null and n.debit_on >= (business_now() at time zone 'Asia/Shanghai')::date
      order by n.debit_on, n.id limit $2`,
    [user_ref, most],
  )
  return rows
}

/** Every debit notice of a user, withdrawn or not, newest first. */
export async function listAnnounced(db: Queryable, user_ref: string): Promise<ComingDebit[]> {
  const { rows } = await db.query<ComingDebit>(
    `select ${columns}, c.plan_id from debit_notices n join contracts c on c.id = n.contract_ref
      where c.user_ref = $1 order by n.id desc`,
    [user_ref],
  )
  return rows
}

/** Today in Shanghai, by the clock all processes share. */
export async function readToday(db: Queryable): Promise<string> {
  const { rows } = await db.query<{ today: string }>(
    `select to_char(business_now() at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as today`,
  )
  return rows[0]?.today ?? ''
}

/** What was debited last on this contract, in fen; null when nothing was. */
export async function readLastDebit(db: Queryable, contract_ref: string): Promise<number | null> {
  const { rows } = await db.query<{ amount_fen: number }>(
    `select amount_fen from charges where contract_ref = $1 and state = 'succeeded' order by order_id desc limit 1`,
    [contract_ref],
  )
  return rows[0]?.amount_fen ?? null
}

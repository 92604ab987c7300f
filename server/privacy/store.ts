import type { Queryable } from '../storage/database.ts'

/** SQL of the consents a payer gives and withdraws. */

export type Person = {
  user_ref: string
  user_id: string
  origin: string
  display_name: string | null
  created_at: Date
  erased_at: Date | null
}

const columns = 'id as user_ref, user_id, origin, display_name, created_at, erased_at'

export async function findPerson(db: Queryable, user_id: string): Promise<Person | null> {
  return (
    (await db.query<Person>(`select ${columns} from users where user_id = $1`, [user_id]))
      .rows[0] ?? null
  )
}

/** Of a session's user. */
export async function readPerson(db: Queryable, user_ref: string): Promise<Person | null> {
  return (
    (await db.query<Person>(`select ${columns} from users where id = $1`, [user_ref])).rows[0] ??
    null
  )
}

export async function lockPerson(db: Queryable, user_ref: string): Promise<Person | null> {
  return (
    (await db.query<Person>(`select ${columns} from users where id = $1 for update`, [user_ref]))
      .rows[0] ?? null
  )
}

/**
 * What the erasure of a locked person changes or depends on, in the order of all locks: sessions,
 * contracts, notifications.
 */
export async function lockRecords(db: Queryable, user_ref: string, user_id: string): Promise<void> {
  const wallets = `from wallets where user_ref = $1`
  await db.query(
    `select from sessions where pending_user_id = $2 or wallet_ref in (select id ${wallets}) order by token_digest for update`,
    [user_ref, user_id],
  )
  await db.query(`select from contracts where user_ref = $1 order by id for update`, [user_ref])
  await db.query(
    `select from notifications where id in (select id from notifications where wallet_digest in (select open_id_digest ${wallets})
       union select id from notifications where kind = 'termination' and contract_ref in (select id from contracts where user_ref = $1)) order by id for update`,
    [user_ref],
  )
}

export async function listWallets(
  db: Queryable,
  user_ref: string,
): Promise<{ open_id_sealed: string; created_at: Date }[]> {
  return (
    await db.query<{ open_id_sealed: string; created_at: Date }>(
      `select open_id_sealed, created_at from wallets where user_ref = $1 order by created_at`,
      [user_ref],
    )
  ).rows
}

/** What of a payer is not finished: while there is any, their data cannot be deleted. */
export async function readUnfinished(
  db: Queryable,
  user_ref: string,
): Promise<{ contracts: number; orders: number }> {
  const { rows } = await db.query<{ contracts: number; orders: number }>(
    `with mine as (select id, state, check_due_at from contracts where user_ref = $1),
     charged as (select c.order_id, c.state, c.needs_review from charges c join mine on mine.id = c.contract_ref)
     select (select count(*)::int from mine where state in ('applying', 'active', 'terminating') or check_due_at is not null) as contracts,
            (select count(*)::int from charged where state = 'pending' or needs_review)
              + (select count(*)::int from refunds r join charged on charged.order_id = r.charge_ref where r.state = 'pending' or r.needs_review) as orders`,
    [user_ref],
  )
  return rows[0] ?? { contracts: 0, orders: 0 }
}

/**
 * Deletes who it was: name, the merchant's number, every wallet, every browser, what UnionPay sent
 * about them. What was paid stays, as the law demands.
 */
export async function writeErased(db: Queryable, user_ref: string, user_id: string): Promise<void> {
  await db.query(`delete from visits where ticket_user_id = $1`, [user_id])
  await db.query(
    `update sessions set pending_user_id = null, pending_name = null where pending_user_id = $1`,
    [user_id],
  ) // another wallet's, still to be answered
  await db.query(
    `update notifications set body_sealed = '', wallet_digest = null where wallet_digest in (select open_id_digest from wallets where user_ref = $1)`,
    [user_ref],
  )
  await db.query(
    `update wallets set open_id_digest = 'erased-' || id, open_id_sealed = '' where user_ref = $1`,
    [user_ref],
  )
  await db.query(
    `delete from sessions where wallet_ref in (select id from wallets where user_ref = $1)`,
    [user_ref],
  ) // now that no new one can begin
  await db.query(
    `update notifications set body_sealed = '' where kind = 'termination' and contract_ref in (select id from contracts where user_ref = $1)`,
    [user_ref],
  )
  await db.query(
    `update users set user_id = 'erased-' || id, origin = 'made', display_name = null, erased_at = business_now() where id = $1`,
    [user_ref],
  )
}

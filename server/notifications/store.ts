import type { Beside } from '../charges/settlement-store.ts'
import type { Queryable } from '../storage/database.ts'

export type NewNotification = { id: string; kind: string; body_digest: string; body_sealed: string }

/**
 * Stores a verified notification. Null when it was stored before; one whose outcome then is in
 * `unsettled` (it came before what it tells of was known) is given out again.
 */
export async function insertNotification(
  db: Queryable,
  notification: NewNotification,
  unsettled: readonly string[],
): Promise<string | null> {
  const { rows } = await db.query<{ id: string; repeats: number; outcome: string }>(
    `insert into notifications (id, kind, body_digest, body_sealed, outcome) values ($1, $2, $3, $4, 'received')
     on conflict (body_digest) do update set repeats = notifications.repeats + 1
     returning id, repeats, outcome`,
    [notification.id, notification.kind, notification.body_digest, notification.body_sealed],
  )
  const [row] = rows
  return row && (row.repeats === 0 || unsettled.includes(row.outcome)) ? row.id : null
}

/**
 * Locks whatever a termination notice may be about or change: the users, then the contracts that
 * have this number and the unfinished ones of this wallet, each in the order of their ids.
 */
export async function lockNamed(
  db: Queryable,
  contract_id_digest: string | null,
  open_id_digest: string | null,
): Promise<void> {
  const named = `(contract_id_digest = $1 or wallet_ref = (select id from wallets where open_id_digest = $2) and state in ('applying', 'active', 'terminating'))`
  const values = [contract_id_digest, open_id_digest]
  await db.query(
    `select from users where id in (select user_ref from contracts where ${named}) order by id for share`,
    values,
  )
  await db.query(`select from contracts where ${named} order by id for update`, values)
}

/**
 * `of`: the contract it is about; or, where that is none or one of several, the lookup value of the
 * wallet it names. `erased`: the payer it is about has been erased, and nothing that UnionPay tells
 * of them is kept; what was emptied with them names no wallet again.
 */
export async function noteOutcome(
  db: Queryable,
  id: string,
  outcome: string,
  of: { contract_ref: string; erased: boolean } | { wallet_digest: string | null },
): Promise<void> {
  const {
    contract_ref = null,
    erased = false,
    wallet_digest = null,
  } = of as { contract_ref?: string; erased?: boolean; wallet_digest?: string | null }
  await db.query(
    `update notifications set outcome = $2, contract_ref = $3, wallet_digest = case when body_sealed <> '' then $4 end, body_sealed = case when $5 then '' else body_sealed end
      where id = $1`,
    [id, outcome, contract_ref, wallet_digest, erased],
  )
}

/** Whether a user was erased. Nobody is while the transaction lasts. */
export async function isErased(db: Queryable, user_ref: string): Promise<boolean> {
  return (
    (
      await db.query<{ erased: boolean }>(
        `select erased_at is not null as erased from users where id = $1 for share`,
        [user_ref],
      )
    ).rows[0]?.erased ?? false
  )
}

export async function noteOrder(
  db: Queryable,
  id: string,
  outcome: string,
  order_id: string | null,
): Promise<void> {
  await db.query(`update notifications set outcome = $2, order_id = $3 where id = $1`, [
    id,
    outcome,
    order_id,
  ])
}

/**
 * Stores notifications beside the statement that settles what they are about, of the orders that it
 * settles.
 */
export const storeBeside = (
  notifications: readonly (NewNotification & { order_id: string })[],
): Beside => ({
  cte: (first) => `insert into notifications (id, kind, body_digest, body_sealed, outcome, order_id)
      select n.id, 'payment', n.body_digest, n.body_sealed, 'settled', s.order_id
        from settled s join unnest($${first}::text[], $${first + 1}::text[], $${first + 2}::text[], $${first + 3}::text[]) as n (order_id, id, body_digest, body_sealed)
          using (order_id)`,
  values: [
    notifications.map(({ order_id }) => order_id),
    notifications.map(({ id }) => id),
    notifications.map(({ body_digest }) => body_digest),
    notifications.map(({ body_sealed }) => body_sealed),
  ],
})

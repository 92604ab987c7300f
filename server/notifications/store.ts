import type { Queryable } from '../storage/database.ts'

export type NewNotification = { id: string; kind: string; body_digest: string; body_sealed: string }

/**
 * Stores a verified notification. Null when it was stored before; one whose outcome then is in `unsettled` (it came before what it
 * tells of was known) is given out again.
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
 * `of`: the contract it is about; or, where that is none or one of several, the lookup value of the wallet it names. `forgotten`: whoever it is about
 * has been erased, and nothing that UnionPay tells of him is kept; what was emptied with him names no wallet again.
 */
export async function noteOutcome(
  db: Queryable,
  id: string,
  outcome: string,
  of: { contract_ref: string; forgotten: boolean } | { wallet_digest: string | null },
): Promise<void> {
  const {
    contract_ref = null,
    forgotten = false,
    wallet_digest = null,
  } = of as { contract_ref?: string; forgotten?: boolean; wallet_digest?: string | null }
  await db.query(
    `update notifications set outcome = $2, contract_ref = $3, wallet_digest = case when body_sealed <> '' then $4 end, body_sealed = case when $5 then '' else body_sealed end
      where id = $1`,
    [id, outcome, contract_ref, wallet_digest, forgotten],
  )
}

/** Whether a user was erased. Nobody is while the transaction lasts. */
export async function isForgotten(db: Queryable, user_ref: string): Promise<boolean> {
  return (
    (
      await db.query<{ forgotten: boolean }>(
        `select erased_at is not null as forgotten from users where id = $1 for share`,
        [user_ref],
      )
    ).rows[0]?.forgotten ?? false
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

/** A notification that says that a charge of ours is paid, with all that the order must agree with. */
export type PaidNotification = NewNotification & {
  order_id: string
  merchant_no: string
  txn_time: string
  amount_fen: number
  profile_digest: string
  unionpay_code: string
  unionpay_text: string | null
  query_id: string | null
  settle_on: string | null
}

/**
 * Stores notifications and settles the charges they are about, in one statement that commits by itself. Done only where the order
 * is pending, in nobody's review, and agrees with what was said; the others leave no trace. Orders are locked in their order.
 * Gives the order_ids that are settled now. A notification stored before violates a unique constraint: then nothing is done.
 */
export async function settlePaid(
  db: Queryable,
  paid: readonly PaidNotification[],
): Promise<string[]> {
  const all = <Name extends keyof PaidNotification>(name: Name): PaidNotification[Name][] =>
    paid.map((one) => one[name])
  const { rows } = await db.query<{ order_id: string }>({
    name: 'settle-paid',
    text: `
    with told as materialized (
      select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[], $9::text[], $10::text[], $11::text[], $12::date[])
        as t (id, body_digest, body_sealed, order_id, merchant_no, txn_time, amount_fen, profile_digest, code, says, query_id, settle_on)),
    now as materialized (select business_now() as at),
    held as materialized (
      select t.* from told t join charges c using (order_id)
       where c.state = 'pending' and not c.needs_review and c.merchant_no = t.merchant_no and c.txn_time = t.txn_time and c.amount_fen = t.amount_fen
         and c.profile_digest = t.profile_digest
       order by c.order_id for update of c),
    kept as (
      insert into notifications (id, kind, body_digest, body_sealed, outcome, order_id) select id, 'payment', body_digest, body_sealed, 'settled', order_id from held),
    settled as (
      update charges c set state = 'succeeded', reason = null, unionpay_code = held.code, unionpay_text = coalesce(held.says, c.unionpay_text),
        query_id = coalesce(held.query_id, c.query_id), settle_on = coalesce(held.settle_on, c.settle_on), settled_at = now.at, changed_at = now.at,
        due_at = null, waits_for = null
      from held, now where c.order_id = held.order_id returning c.order_id, c.unionpay_code),
    history as (
      insert into order_history (order_id, from_state, to_state, source, unionpay_code) select order_id, 'pending', 'succeeded', 'notification', unionpay_code from settled)
    select order_id from settled`,
    values: [
      all('id'),
      all('body_digest'),
      all('body_sealed'),
      all('order_id'),
      all('merchant_no'),
      all('txn_time'),
      all('amount_fen'),
      all('profile_digest'),
      all('unionpay_code'),
      all('unionpay_text'),
      all('query_id'),
      all('settle_on'),
    ],
  })
  return rows.map(({ order_id }) => order_id)
}

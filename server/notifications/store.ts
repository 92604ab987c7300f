import type { Queryable } from '../storage/database.ts'

export type NewNotification = { id: string; kind: string; body_digest: string; body_sealed: string }

/**
 * Stores a verified notification. Null when it was stored before; one whose outcome then is in `unsettled` (it came before what it
 * tells of was known) is given out again.
 */
export async function insertNotification(db: Queryable, notification: NewNotification, unsettled: readonly string[]): Promise<string | null> {
  const { rows } = await db.query<{ id: string; repeats: number; outcome: string }>(
    `insert into notifications (id, kind, body_digest, body_sealed, outcome) values ($1, $2, $3, $4, 'received')
     on conflict (body_digest) do update set repeats = notifications.repeats + 1
     returning id, repeats, outcome`, [notification.id, notification.kind, notification.body_digest, notification.body_sealed])
  const [row] = rows
  return row && (row.repeats === 0 || unsettled.includes(row.outcome)) ? row.id : null
}

export async function noteOutcome(db: Queryable, id: string, outcome: string, contract_ref: string | null): Promise<void> {
  await db.query(`update notifications set outcome = $2, contract_ref = $3 where id = $1`, [id, outcome, contract_ref])
}

export async function noteOrder(db: Queryable, id: string, outcome: string, order_id: string | null): Promise<void> {
  await db.query(`update notifications set outcome = $2, order_id = $3 where id = $1`, [id, outcome, order_id])
}

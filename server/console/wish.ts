import { bodyDigest, findKept, type Intent } from '../charges/idempotency.ts'
import type { BreakAction } from '../api.ts'
import type { Queryable } from '../storage/database.ts'

/** What an operator may ask for about money. `key` of a refund is its Idempotency-Key. */
export type Wish =
  | {
      action: 'refund'
      subject: string
      amount_fen: number
      detail: { description: string; key: string }
    }
  | {
      action: 'resolve'
      subject: string
      amount_fen: number
      detail: { table: 'charges' | 'refunds'; decision: 'paid' | 'not_paid' }
    }
  | {
      action: 'break'
      subject: string
      amount_fen: number
      detail: { action: BreakAction; note: string }
    }

export const intentOf = ({ subject, amount_fen, detail }: Wish & { action: 'refund' }): Intent => ({
  owner: 'console',
  verb: 'refund',
  key: detail.key,
  body_digest: bodyDigest(subject, amount_fen, detail.description),
})

/** Whether what was asked for at `asked_at` by this operator, and allowed by another, has been done: by what it left behind. */
export async function isDone(
  db: Queryable,
  wish: Wish,
  { asked_by, asked_at }: { asked_by: string; asked_at: Date },
): Promise<boolean> {
  if (wish.action === 'refund') return (await findKept(db, intentOf(wish))) !== null
  const found =
    wish.action === 'resolve'
      ? await db.query(
          `select from order_history where order_id = $1 and source = 'person' and to_state = $2 and at >= $3 and starts_with(author, $4) limit 1`,
          [
            wish.subject,
            wish.detail.decision === 'paid' ? 'succeeded' : 'failed',
            asked_at,
            `${asked_by}, `,
          ],
        )
      : await db.query(
          `select from reconciliation_breaks where id = $1 and state = 'resolved' and action = $2 and resolved_at >= $3 and starts_with(author, $4)`,
          [wish.subject, wish.detail.action, asked_at, `${asked_by}, `],
        )
  return found.rowCount === 1
}

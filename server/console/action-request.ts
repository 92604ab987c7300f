import { requestDigest, findAccepted, type Intent } from '../transactions/idempotency.ts'
import type { BreakAction } from '../api.ts'
import type { Queryable } from '../storage/database.ts'

/** What an operator may ask for about money. `key` of a refund is its Idempotency-Key. */
export type ActionRequest =
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

export const intentOf = ({
  subject,
  amount_fen,
  detail,
}: ActionRequest & { action: 'refund' }): Intent => ({
  owner: 'console',
  verb: 'refund',
  key: detail.key,
  body_digest: requestDigest(subject, amount_fen, detail.description),
})

/**
 * Whether what was asked for at `asked_at` by this operator, and allowed by another, has been done:
 * by what it left behind.
 */
export async function isDone(
  db: Queryable,
  requested: ActionRequest,
  { asked_by, asked_at }: { asked_by: string; asked_at: Date },
): Promise<boolean> {
  if (requested.action === 'refund') return (await findAccepted(db, intentOf(requested))) !== null
  const found =
    requested.action === 'resolve'
      ? await db.query(
          `select from order_history where order_id = $1 and source = 'operator' and to_state = $2 and at >= $3 and starts_with(author, $4) limit 1`,
          [
            requested.subject,
            requested.detail.decision === 'paid' ? 'succeeded' : 'failed',
            asked_at,
            `${asked_by}, `,
          ],
        )
      : await db.query(
          `select from reconciliation_breaks where id = $1 and state = 'resolved' and action = $2 and resolved_at >= $3 and starts_with(author, $4)`,
          [requested.subject, requested.detail.action, asked_at, `${asked_by}, `],
        )
  return found.rowCount === 1
}

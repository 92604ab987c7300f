import type { ApprovalView } from '../api.ts'
import type { Queryable } from '../storage/database.ts'

/** SQL of what waits for a second operator. */

export type Approval = Omit<ApprovalView, 'asked_at' | 'decided_at'> & {
  asked_by_ref: string
  asked_at: Date
  decided_at: Date | null
}

const selected = `select a.id, a.action, a.subject, a.amount_fen, a.detail, a.asked_by as asked_by_ref, by.name as asked_by, a.asked_at, other.name as decided_by, a.decided_at,
    a.allowed, a.outcome
  from approvals a join operators by on by.id = a.asked_by left join operators other on other.id = a.decided_by`

/**
 * Nobody decided yet, or the process ended between the yes and what follows from it: then a second
 * person decides once more, as long as the key of a refund is remembered and it cannot be made
 * twice.
 */
const open = `(decided_at is null or allowed and outcome is null and decided_at between business_now() - interval '30 days' and business_now() - interval '1 minute')`

export type NewApproval = {
  id: string
  action: ApprovalView['action']
  subject: string
  amount_fen: number
  detail: Record<string, unknown>
  asked_by: string
}

/** Null when the same is waiting already. */
export async function insertApproval(
  db: Queryable,
  requested: NewApproval,
): Promise<Approval | null> {
  const { rowCount } = await db.query(
    `insert into approvals (id, action, subject, amount_fen, detail, asked_by) values ($1, $2, $3, $4, $5, $6)
     on conflict (action, subject) where decided_at is null do nothing`,
    [
      requested.id,
      requested.action,
      requested.subject,
      requested.amount_fen,
      JSON.stringify(requested.detail),
      requested.asked_by,
    ],
  )
  return rowCount === 1 ? findApproval(db, requested.id) : null
}

export async function findApproval(db: Queryable, id: string): Promise<Approval | null> {
  return (await db.query<Approval>(`${selected} where a.id = $1`, [id])).rows[0] ?? null
}

/** Newest first; of one subject or all. */
export async function listApprovals(
  db: Queryable,
  subject: string | null,
  only_open: boolean,
  most: number,
): Promise<Approval[]> {
  return (
    await db.query<Approval>(
      `${selected} where ($1::text is null or a.subject = $1) and (not $2 or ${open}) order by a.id desc limit $3`,
      [subject, only_open, most],
    )
  ).rows
}

export async function countOpenApprovals(db: Queryable): Promise<number> {
  return (
    (
      await db.query<{ count: number }>(
        `select count(*)::int as count from approvals where ${open}`,
      )
    ).rows[0]?.count ?? 0
  )
}

/** The row, locked until the transaction ends. `is_open`: it may be decided. */
export async function lockApproval(
  db: Queryable,
  id: string,
): Promise<(Approval & { is_open: boolean }) | null> {
  const { rows } = await db.query<{ is_open: boolean }>(
    `select ${open} as is_open from approvals where id = $1 for update`,
    [id],
  )
  const approval = rows[0] && (await findApproval(db, id))
  return approval ? { ...approval, is_open: rows[0]?.is_open === true } : null
}

/** Never by the one who asked: then false, and nothing is written. */
export async function writeDecision(
  db: Queryable,
  id: string,
  operator: string,
  allowed: boolean,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update approvals set decided_by = $2, decided_at = business_now(), allowed = $3 where id = $1 and asked_by <> $2`,
    [id, operator, allowed],
  )
  return rowCount === 1
}

/**
 * Who asked takes it back, as long as nobody decided; false: not theirs, or decided. The outcome
 * says what became of it.
 */
export async function withdrawApproval(
  db: Queryable,
  id: string,
  operator: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update approvals set decided_by = $2, decided_at = business_now(), allowed = false, outcome = 'withdrawn'
      where id = $1 and decided_at is null and asked_by = $2`,
    [id, operator],
  )
  return rowCount === 1
}

export async function writeOutcome(db: Queryable, id: string, outcome: string): Promise<void> {
  await db.query(`update approvals set outcome = $2 where id = $1 and outcome is null`, [
    id,
    outcome,
  ])
}

export const viewApproval = ({
  asked_by_ref: _ref,
  asked_at,
  decided_at,
  ...approval
}: Approval): ApprovalView => ({
  ...approval,
  asked_at: asked_at.toISOString(),
  decided_at: decided_at?.toISOString() ?? null,
})

import { transaction, type Database, type Queryable } from '../storage/database.ts'

/** What somebody did by hand. `detail` holds numbers, states and internal ids, nothing personal. */
export type AuditLine = {
  author: string
  action: string
  subject: string
  detail?: Record<string, string | number | boolean | null>
}

/**
 * Appends a line in the transaction of what it is about. The table refuses every change and
 * removal.
 */
export async function appendAudit(
  db: Queryable,
  { author, action, subject, detail = {} }: AuditLine,
): Promise<void> {
  await db.query(
    `insert into audit_trail (author, action, subject, detail) values ($1, $2, $3, $4)`,
    [author, action, subject, JSON.stringify(detail)],
  )
}

/**
 * Does what somebody does by hand and writes it down: both or neither. `lineOf` gives null when
 * there was nothing to do.
 */
export const audited = <Result>(
  database: Pick<Database, 'pool'>,
  work: (db: Queryable) => Promise<Result>,
  lineOf: (result: Result) => AuditLine | null,
): Promise<Result> =>
  transaction(database, async (db) => {
    const result = await work(db)
    const line = lineOf(result)
    if (line) await appendAudit(db, line)
    return result
  })

/** When somebody did this last; null: never. */
export async function lastOf(db: Queryable, action: string): Promise<Date | null> {
  return (
    (
      await db.query<{ at: Date | null }>(
        `select max(at) as at from audit_trail where action = $1`,
        [action],
      )
    ).rows[0]?.at ?? null
  )
}

export type AuditEntry = Required<AuditLine> & { seq: number; at: Date }

/**
 * Newest first; of one subject or of all. `before` is the seq of the last line of the page before.
 */
export async function listAudit(
  db: Queryable,
  subject: string | null,
  before: number | null,
  most: number,
): Promise<AuditEntry[]> {
  const { rows } = await db.query<AuditEntry>(
    `select seq, at, author, action, subject, detail from audit_trail
      where ($1::text is null or subject = $1) and ($2::bigint is null or seq < $2) order by seq desc limit $3`,
    [subject, before, most],
  )
  return rows
}

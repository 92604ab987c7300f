import type { Queryable } from '../storage/database.ts'
import {
  patience_s,
  recheck_after_s,
  retryAfter_s,
  type Statement,
  type Totals,
} from './statement.ts'

/**
 * SQL of statements. Business time everywhere but in `claimed_until`: a claim is about a process
 * that lives in real time.
 */

const columns = `s.id, s.merchant_no, s.day, s.state, s.problem, s.due_at, s.give_up_at, s.attempts, s.digest, s.bytes, s.issues, s.lines, s.charged_fen,
  s.returned_fen, s.fee_fen, s.settled_orders, s.breaks_found, s.fetched_at, s.reconciled_at`

const claim_minutes = 40

/** When the first charge ever was accepted: no statement is asked for before its day. */
export async function findFirstAccepted(db: Queryable): Promise<Date | null> {
  return (
    (
      await db.query<{ accepted_at: Date }>(
        `select accepted_at from charges order by order_id limit 1`,
      )
    ).rows[0]?.accepted_at ?? null
  )
}

/** The days that are planned already, both ends included. */
export async function listPlanned(
  db: Queryable,
  merchant_no: string,
  from: string,
  to: string,
): Promise<string[]> {
  const { rows } = await db.query<{ day: string }>(
    `select day from statements where merchant_no = $1 and day between $2 and $3`,
    [merchant_no, from, to],
  )
  return rows.map(({ day }) => day)
}

export type PlannedStatement = Pick<Statement, 'id' | 'merchant_no' | 'day' | 'due_at'>

/**
 * Plans a statement; one that is planned already stays as it is. `due_at` null: only fetched by
 * hand.
 */
export async function planStatement(
  db: Queryable,
  { id, merchant_no, day, due_at }: PlannedStatement,
): Promise<void> {
  await db.query(
    `insert into statements (id, merchant_no, day, due_at, give_up_at) values ($1, $2, $3, $4::timestamptz, coalesce($4::timestamptz, business_now()) + make_interval(secs => $5))
     on conflict (merchant_no, day) do nothing`,
    [id, merchant_no, day, due_at, patience_s],
  )
}

/**
 * Claims a statement that is due, or the named one whether due or not; null when there is none that
 * nobody works on.
 */
export async function claimStatement(
  db: Queryable,
  claim: string,
  merchants: readonly string[],
  id: string | null = null,
): Promise<Statement | null> {
  const { rows } = await db.query<Statement>(
    `update statements s set claim = $1, claimed_until = now() + make_interval(mins => ${claim_minutes}), attempts = attempts + 1,
       due_at = case when due_at is not null then business_now() + make_interval(mins => ${claim_minutes}) end
      where id = (select id from statements where case when $2::text is null then due_at <= business_now() else id = $2 end
                     and merchant_no = any($3) and (claim is null or claimed_until < now())
                   order by due_at limit 1 for update skip locked)
      returning ${columns}`,
    [claim, id, merchants],
  )
  return rows[0] ?? null
}

/** Given back undone: due again at once, or after the pause that the claim made. */
export async function releaseClaim(db: Queryable, claim: string, at_once: boolean): Promise<void> {
  await db.query(
    `update statements set claim = null, claimed_until = null, due_at = case when $2 and due_at is not null then business_now() else due_at end where claim = $1`,
    [claim, at_once],
  )
}

/**
 * Nothing came that could be compared: asked again later, or given up. Returns the state it has
 * now; null when the claim is lost.
 */
export async function writeUnfetched(
  db: Queryable,
  claim: string,
  statement: Pick<Statement, 'attempts'>,
  state: 'awaited' | 'malformed',
  problem: string,
): Promise<Statement | null> {
  const { rows } = await db.query<Statement>(
    `update statements s set claim = null, claimed_until = null, problem = $2,
       state = case when state = 'reconciled' then state when give_up_at <= business_now() and $3 = 'awaited' then 'missing' else $3 end,
       due_at = case when state = 'reconciled' or give_up_at <= business_now() then null else business_now() + make_interval(secs => $4) end
     where claim = $1 returning ${columns}`,
    [claim, problem, state, retryAfter_s(statement.attempts)],
  )
  return rows[0] ?? null
}

/** The same file as last time: nothing to compare again. False when the claim is lost. */
export async function writeUnchanged(db: Queryable, claim: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update statements set claim = null, claimed_until = null, due_at = null, problem = null, fetched_at = business_now() where claim = $1`,
    [claim],
  )
  return rowCount === 1
}

export type Reconciled = Totals & {
  digest: string
  bytes: number
  settled_orders: number
  breaks_found: number
}

/** The file was read to its end and compared. Null when the claim is lost. */
export async function writeReconciled(
  db: Queryable,
  claim: string,
  done: Reconciled,
): Promise<Statement | null> {
  const { rows } = await db.query<Statement>(
    `update statements s set claim = null, claimed_until = null, state = 'reconciled', problem = null,
       due_at = case when digest is null or digest <> $2 then business_now() + make_interval(secs => $3) end,
       issues = issues + case when digest is null or digest <> $2 then 1 else 0 end,
       digest = $2, bytes = $4, lines = $5, charged_fen = $6, returned_fen = $7, fee_fen = $8,
       settled_orders = settled_orders + $9, breaks_found = $10, fetched_at = business_now(), reconciled_at = business_now()
     where claim = $1 returning ${columns}`,
    [
      claim,
      done.digest,
      recheck_after_s,
      done.bytes,
      done.lines,
      done.charged_fen,
      done.returned_fen,
      done.fee_fen,
      done.settled_orders,
      done.breaks_found,
    ],
  )
  return rows[0] ?? null
}

/** Breaks that the next day's statement added to this one. */
export async function addBreaksFound(db: Queryable, id: string, more: number): Promise<void> {
  await db.query(`update statements set breaks_found = breaks_found + $2 where id = $1`, [id, more])
}

export async function findStatement(db: Queryable, id: string): Promise<Statement | null> {
  return (
    (await db.query<Statement>(`select ${columns} from statements s where s.id = $1`, [id]))
      .rows[0] ?? null
  )
}

export async function findStatementOf(
  db: Queryable,
  merchant_no: string,
  day: string,
): Promise<Statement | null> {
  return (
    (
      await db.query<Statement>(
        `select ${columns} from statements s where s.merchant_no = $1 and s.day = $2`,
        [merchant_no, day],
      )
    ).rows[0] ?? null
  )
}

export type StatementFilter = {
  merchant_no?: string | undefined
  state?: string | undefined
  from?: string | undefined
  to?: string | undefined
  before?: { day: string; merchant_no: string } | undefined
}
export type StatementRow = Statement & { open_breaks: number }

/** Newest day first; `from` and `to` are clearing days, both included. */
export async function listStatements(
  db: Queryable,
  { merchant_no, state, from, to, before }: StatementFilter,
  most: number,
): Promise<StatementRow[]> {
  const { rows } = await db.query<StatementRow>(
    `select ${columns}, (select count(*) from reconciliation_breaks b where b.statement_id = s.id and b.state = 'open') as open_breaks from statements s
      where ($1::text is null or s.merchant_no = $1) and ($2::text is null or s.state = $2) and ($3::date is null or s.day >= $3)
        and ($4::date is null or s.day <= $4) and ($5::date is null or (s.day, s.merchant_no) < ($5, $6::text))
      order by s.day desc, s.merchant_no desc limit $7`,
    [
      merchant_no ?? null,
      state ?? null,
      from ?? null,
      to ?? null,
      before?.day ?? null,
      before?.merchant_no ?? null,
      most,
    ],
  )
  return rows
}

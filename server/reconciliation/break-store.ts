import type { BreakAction } from '../api.ts'
import type { Queryable } from '../storage/database.ts'
import type { Break, FoundBreak } from './break.ts'

/** SQL of breaks and of what happened to statements and breaks. */

const columns = `b.id, b.statement_id, s.merchant_no, s.day, b.kind, b.order_id, b.order_kind, b.query_id, b.amount_fen, b.ours, b.theirs, b.unread, b.state, b.action,
  b.author, b.note, b.found_at, b.resolved_at`
const joined = `reconciliation_breaks b join statements s on s.id = b.statement_id`

export type KnownBreak = { id: string; state: Break['state'] }
export const keyOf = ({ kind, key }: Pick<FoundBreak, 'kind' | 'key'>): string => `${kind} ${key}`

/** What earlier runs found, by kind and key. */
export async function readKnown(
  db: Queryable,
  statement_id: string,
): Promise<Map<string, KnownBreak>> {
  const { rows } = await db.query<KnownBreak & Pick<FoundBreak, 'kind' | 'key'>>(
    `select id, kind, key, state from reconciliation_breaks where statement_id = $1`,
    [statement_id],
  )
  return new Map(rows.map((row) => [keyOf(row), { id: row.id, state: row.state }]))
}

/** Writes new breaks and opens again those that were gone, each with a line of history. */
export async function writeBreaks(
  db: Queryable,
  statement_id: string,
  run: string,
  found: readonly (FoundBreak & { id: string })[],
): Promise<void> {
  if (found.length === 0) return
  await db.query(
    `with found as (
       insert into reconciliation_breaks (id, statement_id, kind, key, order_id, order_kind, query_id, amount_fen, ours, theirs, unread, run)
       select id, $1, kind, key, order_id, order_kind, query_id, amount_fen, ours, theirs, unread, $2
         from jsonb_to_recordset($3::jsonb) as f (id text, kind text, key text, order_id text, order_kind text, query_id text, amount_fen bigint, ours jsonb, theirs jsonb, unread jsonb)
        order by id
       on conflict (statement_id, kind, key) do update set run = $2, state = 'open', ours = excluded.ours, theirs = excluded.theirs, unread = excluded.unread
       returning id, kind, order_id, amount_fen)
     insert into reconciliation_history (event, statement_id, break_id, detail)
     select 'reconciliation.break', $1, id, jsonb_build_object('kind', kind, 'order_id', order_id, 'amount_fen', amount_fen) from found`,
    [statement_id, run, JSON.stringify(found)],
  )
}

/** This run saw them too. */
export async function touchBreaks(
  db: Queryable,
  run: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length > 0)
    await db.query(
      `update reconciliation_breaks set run = $1 where id in (select id from reconciliation_breaks where id = any($2::text[]) order by id for update)`,
      [run, ids],
    )
}

/** Open breaks of a statement that this run did not see are gone. */
export const markGone = (db: Queryable, statement_id: string, run: string): Promise<number> =>
  leave(db, `statement_id = $1 and run <> $2`, [statement_id, run])

/** Orders that were missed and are in this statement after all: nothing is missing any more. */
export const markFound = (db: Queryable, order_ids: readonly string[]): Promise<number> =>
  leave(db, `kind = 'ours_only' and order_id = any($1::text[])`, [order_ids])

async function leave(db: Queryable, which: string, values: unknown[]): Promise<number> {
  const { rowCount } = await db.query(
    `with left_over as (update reconciliation_breaks set state = 'gone'
        where id in (select id from reconciliation_breaks where state = 'open' and ${which} order by id for update) returning id, statement_id)
     insert into reconciliation_history (event, statement_id, break_id) select 'break.gone', statement_id, id from left_over`,
    values,
  )
  return rowCount ?? 0
}

export async function findBreak(db: Queryable, id: string): Promise<Break | null> {
  return (
    (await db.query<Break>(`select ${columns} from ${joined} where b.id = $1`, [id])).rows[0] ??
    null
  )
}

/** The row, locked until the transaction ends. */
export async function lockBreak(db: Queryable, id: string): Promise<Break | null> {
  return (
    (
      await db.query<Break>(`select ${columns} from ${joined} where b.id = $1 for update of b`, [
        id,
      ])
    ).rows[0] ?? null
  )
}

export async function writeResolution(
  db: Queryable,
  id: string,
  action: BreakAction,
  author: string,
  note: string,
): Promise<void> {
  await db.query(
    `with resolved as (
       update reconciliation_breaks set state = 'resolved', action = $2, author = $3, note = $4, resolved_at = business_now() where id = $1 returning statement_id)
     insert into reconciliation_history (event, statement_id, break_id, author, detail)
     select 'break.resolved', statement_id, $1, $3, jsonb_build_object('action', $2::text) from resolved`,
    [id, action, author, note],
  )
}

/** What statements said of an order that was not as we have it, the newest first. */
export async function listBreaksOfOrder(db: Queryable, order_id: string): Promise<Break[]> {
  const { rows } = await db.query<Break>(
    `select ${columns} from ${joined} where b.order_id = $1 order by b.found_at desc, b.id desc limit 10`,
    [order_id],
  )
  return rows
}

export type BreakFilter = {
  kind?: string | undefined
  state?: string | undefined
  order_id?: string | undefined
  after?: string | undefined
}

/** Of one statement, oldest first; `after` is the id of the last one of the page before. */
export async function listBreaks(
  db: Queryable,
  statement_id: string,
  { kind, state, order_id, after }: BreakFilter,
  most: number,
): Promise<Break[]> {
  const { rows } = await db.query<Break>(
    `select ${columns} from ${joined}
      where b.statement_id = $1 and ($2::text is null or b.kind = $2) and ($3::text is null or b.state = $3) and ($4::text is null or b.order_id = $4)
        and ($5::text is null or b.id > $5)
      order by b.id limit $6`,
    [statement_id, kind ?? null, state ?? null, order_id ?? null, after ?? null, most],
  )
  return rows
}

export type ReconciliationEvent =
  | 'statement.reconciled'
  | 'statement.malformed'
  | 'statement.missing'

export async function appendEvent(
  db: Queryable,
  event: ReconciliationEvent,
  statement_id: string,
  author: string | null,
  detail: Record<string, string | number | null>,
): Promise<void> {
  await db.query(
    `insert into reconciliation_history (event, statement_id, author, detail) values ($1, $2, $3, $4)`,
    [event, statement_id, author, JSON.stringify(detail)],
  )
}

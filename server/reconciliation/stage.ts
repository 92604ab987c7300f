import type { PoolClient } from 'pg'
import type { Database } from '../storage/database.ts'
import type { StatementLine } from '../unionpay/statements.ts'
import type { Totals } from './statement.ts'

/**
 * The lines of a file as a temporary table on a connection of its own: a million of them are compared by the database and never lie
 * in our memory. `work` may be long; the connection, and with it the table, ends with it.
 */
export async function withStagedLines<Result>(
  { pool }: Database, pieces: AsyncIterable<readonly StatementLine[]>, stopping: AbortSignal, work: (db: PoolClient, totals: Totals) => Promise<Result>,
): Promise<Result> {
  const db = await pool.connect()
  try {
    await db.query(`set work_mem = '64MB'; set statement_timeout = '10min'; set temp_buffers = '32MB'`)
    await db.query(
      `create temporary table staged_lines (line int, adjustment boolean, order_id text, txn_type text, amount_fen bigint, fee_fen bigint, settled_fen bigint,
         query_id text, trace text)`)
    const totals: Totals = { lines: 0, charged_fen: 0, returned_fen: 0, fee_fen: 0 }
    let batch: StatementLine[] = []
    for await (const piece of pieces) {
      stopping.throwIfAborted()
      for (const line of piece) {
        count(totals, line)
        batch.push(line)
      }
      if (batch.length >= batch_lines) {
        await insertLines(db, totals.lines - batch.length, batch)
        batch = []
      }
    }
    if (batch.length > 0) await insertLines(db, totals.lines - batch.length, batch)
    await db.query('analyze staged_lines')
    return await work(db, totals)
  } finally {
    db.release(true)
  }
}

const batch_lines = 5_000

function count(totals: Totals, { kind, txn_type, amount_fen, fee_fen }: StatementLine): void {
  totals.lines++
  if (kind === 'adjustment') return
  if (txn_type === '04' || txn_type === '31') totals.returned_fen += amount_fen
  else totals.charged_fen += amount_fen
  totals.fee_fen -= fee_fen
}

async function insertLines(db: PoolClient, before: number, lines: readonly StatementLine[]): Promise<void> {
  const texts = (of: (line: StatementLine) => string): string => `{${lines.map((line) => quoted(of(line))).join(',')}}`
  const numbers = (of: (line: StatementLine) => number): string => `{${lines.map(of).join(',')}}`
  await db.query({
    name: 'stage-lines',
    text: `insert into staged_lines
      select $1::int + place, adjustment = 1, order_id, txn_type, amount_fen, fee_fen, settled_fen, query_id, trace
        from unnest($2::int[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[], $9::text[]) with ordinality
          as l (adjustment, order_id, txn_type, amount_fen, fee_fen, settled_fen, query_id, trace, place)`,
    values: [before, numbers(({ kind }) => (kind === 'adjustment' ? 1 : 0)), texts(({ order_id }) => order_id), texts(({ txn_type }) => txn_type),
      numbers(({ amount_fen }) => amount_fen), numbers(({ fee_fen }) => fee_fen), numbers(({ settled_fen }) => settled_fen),
      texts(({ query_id }) => query_id), texts(({ trace }) => trace)],
  })
}

/** An element of an array literal; written here because the driver's own way takes three times as long for a million lines. */
const quoted = (text: string): string => `"${/["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text}"`

import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { from } from 'pg-copy-streams'
import type { Database } from '../storage/database.ts'
import { mayTakeLong } from '../storage/pool.ts'
import type { StatementLine } from '../unionpay/statements.ts'
import { paysBack } from './line-rules.ts'
import type { Totals } from './statement.ts'

/**
 * The lines of a file as a temporary table on a connection of its own: a million of them are
 * compared by the database and never lie in our memory. `work` may be long; the connection, and
 * with it the table, ends with it.
 */
export async function withStagedLines<Result>(
  { pool }: Database,
  pieces: AsyncIterable<readonly StatementLine[]>,
  stopping: AbortSignal,
  work: (db: PoolClient, totals: Totals) => Promise<Result>,
): Promise<Result> {
  const db = await pool.connect()
  mayTakeLong(db)
  try {
    await db.query(
      `set work_mem = '64MB'; set statement_timeout = '10min'; set temp_buffers = '32MB'`,
    )
    await db.query(
      `create temporary table staged_lines (line int, adjustment boolean, order_id text, txn_type text, amount_fen bigint, fee_fen bigint, settled_fen bigint,
         query_id text, trace text)`,
    )
    const totals: Totals = { lines: 0, charged_fen: 0, returned_fen: 0, fee_fen: 0 }
    await pipeline(
      Readable.from(rowsOf(pieces, totals, stopping)),
      db.query(from('copy staged_lines from stdin')),
    )
    await db.query('analyze staged_lines (order_id)') // the only column that is joined by
    return await work(db, totals)
  } finally {
    db.release(true)
  }
}

/**
 * The rows as COPY reads them. Nothing of a line is kept: what a million of them leave behind would
 * be more than we may use.
 */
async function* rowsOf(
  pieces: AsyncIterable<readonly StatementLine[]>,
  totals: Totals,
  stopping: AbortSignal,
): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    stopping.throwIfAborted()
    const rows = Buffer.allocUnsafe(piece.length * longest_row)
    let length = 0
    for (const line of piece) {
      length += rows.write(rowOf(totals.lines, line), length, 'latin1')
      count(totals, line)
    }
    yield rows.subarray(0, length)
  }
}

/**
 * More than any row can have: 64 characters of an escaped orderId, seven numbers, a queryId and a
 * trace.
 */
const longest_row = 256

function rowOf(
  number: number,
  { kind, order_id, txn_type, amount_fen, fee_fen, settled_fen, query_id, trace }: StatementLine,
): string {
  return `${number + 1}\t${kind === 'adjustment' ? 't' : 'f'}\t${order_id.includes('\\') ? order_id.replaceAll('\\', '\\\\') : order_id}\t${txn_type}\t${amount_fen}\t${fee_fen}\t${settled_fen}\t${query_id}\t${trace}\n`
}

function count(totals: Totals, { kind, txn_type, amount_fen, fee_fen }: StatementLine): void {
  totals.lines++
  if (kind === 'adjustment') return
  if (paysBack(txn_type)) totals.returned_fen += amount_fen
  else totals.charged_fen += amount_fen
  totals.fee_fen -= fee_fen
}

import { newId } from '../kernel/ids.ts'
import { Malformed, type StatementFile } from '../unionpay/statements.ts'
import { appendEvent } from './break-store.ts'
import { isExpected } from './compare.ts'
import type { ReconciliationContext } from './context.ts'
import { reconcileStatement, type Comparison } from './reconcile-statement.ts'
import type { Statement } from './statement.ts'
import {
  claimStatement,
  releaseClaim,
  writeReconciled,
  writeUnchanged,
  writeUnfetched,
} from './statement-store.ts'

/** `author`: who asked for it; null when it came due by itself. */
export type FetchJob = { statement: Statement; claim: string; author: string | null }

/**
 * Claims a statement that is due, or the named one; null when there is none that nobody works on.
 */
export async function claimFetch(
  { charges, statements }: ReconciliationContext,
  id: string | null = null,
  author: string | null = null,
): Promise<FetchJob | null> {
  const claim = newId(charges.clock, charges.random)
  const statement = await claimStatement(charges.database.pool, claim, statements.merchants, id)
  return statement && { statement, claim, author }
}

/** What came of a job; `compared` is null where there was nothing to compare. */
export type FetchResult = { problem: string | null; compared: Comparison | null }

/**
 * Fetches a claimed statement and compares it. What is late, refused or malformed is asked for
 * again with patience; the same file as last time is not compared again unless an operator asked; a
 * re-issued one is. The claim is released in any case.
 */
export async function runFetch(
  context: ReconciliationContext,
  job: FetchJob,
  stopping: AbortSignal,
): Promise<FetchResult> {
  const { statement, claim } = job
  const { pool } = context.charges.database
  try {
    const fetched = await context.statements.fetch(statement.merchant_no, statement.day, stopping)
    if (fetched.kind === 'none') stopping.throwIfAborted() // cut off by us: the next process asks at once
    if (fetched.kind !== 'file')
      return await later(
        context,
        job,
        fetched.kind === 'malformed' ? 'malformed' : 'awaited',
        fetched.why,
      )
    try {
      return await compare(context, job, fetched.file, stopping)
    } finally {
      await fetched.file.close()
    }
  } catch (error) {
    if (error instanceof Malformed) return later(context, job, 'malformed', error.message)
    await releaseClaim(pool, claim, stopping.aborted)
    throw error
  }
}

async function compare(
  context: ReconciliationContext,
  { statement, claim, author }: FetchJob,
  file: StatementFile,
  stopping: AbortSignal,
): Promise<FetchResult> {
  const {
    database: { pool },
    log,
  } = context.charges
  const { id, merchant_no, day } = statement
  if (author === null && statement.digest === file.digest) {
    await writeUnchanged(pool, claim)
    log.info({ statement: id, merchant_no, day }, 'the statement is the same as before')
    return { problem: null, compared: null }
  }
  const compared = await reconcileStatement(
    context,
    merchant_no,
    day,
    file,
    { statement_id: id, run: claim },
    stopping,
  )
  const breaks_found = Object.values(compared.counts).reduce((sum, one) => sum + one, 0)
  const done = await writeReconciled(pool, claim, {
    ...compared,
    digest: file.digest,
    bytes: file.bytes,
    breaks_found,
  })
  if (!done) throw new Error(`the claim on statement ${id} was lost while it was compared`)
  await appendEvent(pool, 'statement.reconciled', id, author, {
    digest: file.digest,
    issue: done.issues,
    lines: compared.lines,
    settled_orders: compared.settled_orders,
    breaks_found,
  })
  const line = {
    statement: id,
    merchant_no,
    day,
    issue: done.issues,
    lines: compared.lines,
    settled_orders: compared.settled_orders,
    breaks: compared.counts,
  }
  if (breaks_found > 0)
    log.error({ ...line, alarm: 'reconciliation_breaks' }, 'the statement and we differ')
  else log.info(line, 'the statement agrees with us')
  return { problem: null, compared }
}

async function later(
  context: ReconciliationContext,
  { statement, claim, author }: FetchJob,
  state: 'awaited' | 'malformed',
  problem: string,
): Promise<FetchResult> {
  const {
    charges: {
      database: { pool },
      log,
      clearing_day_ends,
    },
  } = context
  const { id, merchant_no, day } = statement
  const now = await writeUnfetched(pool, claim, statement, state, problem)
  const line = { statement: id, merchant_no, day, problem, attempts: statement.attempts }
  log.warn(line, 'there is no statement to compare yet')
  if (now?.state === 'malformed' && statement.state !== 'malformed') {
    await appendEvent(pool, 'statement.malformed', id, author, { problem })
    log.error(
      { ...line, alarm: 'statement_malformed' },
      'a statement came that cannot be read; it is asked for again',
    )
  }
  if (now?.state === 'missing' && statement.state !== 'missing') {
    await appendEvent(pool, 'statement.missing', id, author, { problem })
    const expected = await isExpected(pool, { merchant_no, day, clearing_day_ends, fee: null })
    if (expected)
      log.error(
        { ...line, alarm: 'statement_missing' },
        'a statement never came, and there are orders it should name',
      )
  }
  return { problem, compared: null }
}

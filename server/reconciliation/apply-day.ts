import { Malformed } from '../unionpay/statements.ts'
import type { ReconciliationContext } from './context.ts'
import { reconcileStatement, type Comparison } from './reconcile-statement.ts'
import { appendAudit } from '../audit/store.ts'
import { Refusal } from '../errors.ts'
import { newId } from '../kernel/ids.ts'
import { suggestionOf } from './break.ts'
import { listBreaks } from './break-store.ts'
import { runFetch, claimFetch } from './fetch-statement.ts'
import { resolveBreak } from './resolve-break.ts'
import { findStatementOf, planStatement } from './statement-store.ts'

/**
 * `applied` false: a preview. `repaired`: breaks whose repair the statement leaves no doubt about.
 * `problem`: why there was nothing to compare.
 */
export type DayResult = {
  problem: string | null
  compared: Comparison | null
  applied: boolean
  repaired: number
}

/** Fetches the statement of a day and compares it without changing anything. */
export async function previewDay(
  context: ReconciliationContext,
  merchant_no: string,
  day: string,
): Promise<DayResult> {
  const never = new AbortController().signal
  const fetched = await context.statements.fetch(merchant_no, day, never)
  const nothing = (problem: string): DayResult => ({
    problem,
    compared: null,
    applied: false,
    repaired: 0,
  })
  if (fetched.kind !== 'file') return nothing(fetched.why)
  try {
    const compared = await reconcileStatement(context, merchant_no, day, fetched.file, null, never)
    return { problem: null, compared, applied: false, repaired: 0 }
  } catch (error) {
    if (error instanceof Malformed) return nothing(error.message)
    throw error
  } finally {
    await fetched.file.close()
  }
}

const page = 100

/**
 * What `previewDay` shows, done by a person: fetches and compares even a file that was compared
 * before, then repairs what the statement leaves no doubt about; what a person decided before
 * stands. Every change has a line in the audit trail. `imported`: the files, where the person
 * brought them. Refuses statement_busy.
 */
export async function applyDay(
  context: ReconciliationContext,
  merchant_no: string,
  day: string,
  author: string,
  imported: readonly string[] = [],
): Promise<DayResult> {
  const {
    database: { pool },
    clock,
    random,
  } = context.charges
  await planStatement(pool, { id: newId(clock, random), merchant_no, day, due_at: null })
  const statement = await findStatementOf(pool, merchant_no, day)
  const job = statement && (await claimFetch(context, statement.id, author))
  if (!job) throw new Refusal('statement_busy')
  await appendAudit(pool, {
    author,
    action: 'statement.reconcile',
    subject: job.statement.id,
    detail: { merchant_no, day, ...(imported.length > 0 ? { imported: imported.join(', ') } : {}) },
  })
  const done = await runFetch(context, job, new AbortController().signal)
  return {
    ...done,
    applied: true,
    repaired: done.compared ? await repairAll(context, job.statement.id, author) : 0,
  }
}

async function repairAll(
  context: ReconciliationContext,
  statement_id: string,
  author: string,
): Promise<number> {
  let repaired = 0
  for (let after: string | undefined; ;) {
    const breaks = await listBreaks(
      context.charges.database.pool,
      statement_id,
      { state: 'open', after },
      page,
    )
    for (const broken of breaks) {
      const action = suggestionOf(broken)
      if (action === null) continue
      const note = 'as the statement shows, by wugan reconcile'
      await resolveBreak(context, broken.id, {
        action,
        author,
        note,
        dry_run: false,
        automatic: true,
      }).then(
        () => repaired++,
        (error: unknown) => {
          if (!(error instanceof Refusal)) throw error // somebody else was quicker, or a person decided about the order, or it is not to be touched now
        },
      )
    }
    if (breaks.length < page) return repaired
    after = breaks.at(-1)?.id
  }
}

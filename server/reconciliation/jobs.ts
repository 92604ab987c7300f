import type { Job } from '../kernel/job.ts'
import type { ReconciliationContext } from './context.ts'
import { runFetch, claimFetch } from './fetch-statement.ts'
import { clearingDay } from '../transactions/transaction.ts'
import { newId } from '../kernel/ids.ts'
import { addDays, fetchAt, lastFetchable, planned_days } from './statement.ts'
import { findFirstAccepted, listPlanned, planStatement } from './statement-store.ts'

/**
 * Background jobs of reconciliation. Among several processes the claim of a statement's row decides
 * which one fetches it.
 */
export function reconciliationJobs(context: ReconciliationContext): Job[] {
  return [
    {
      name: 'fetch-statements',
      every_ms: 2_000,
      async run(stopping) {
        await planStatements(context)
        const fetch_job = await claimFetch(context)
        if (!fetch_job) return 0
        await runFetch(context, fetch_job, stopping).catch((error: unknown) => {
          if (!stopping.aborted) throw error
        })
        return 1
      },
    },
  ]
}

/**
 * Plans the statements whose morning has come, of the last week at most and of no day before the
 * first charge. Returns how many.
 */
export async function planStatements({
  charges,
  statements,
  statement_at,
}: ReconciliationContext): Promise<number> {
  const {
    database: { pool },
    clock,
    random,
    clearing_day_ends,
  } = charges
  const last = lastFetchable(clock.now(), statement_at)
  let planned = 0
  for (const merchant_no of statements.merchants) {
    const known = await listPlanned(pool, merchant_no, addDays(last, 1 - planned_days), last)
    if (known.length === planned_days) continue
    const first = await findFirstAccepted(pool)
    if (first === null) return planned
    const begin = [clearingDay(first, clearing_day_ends), addDays(last, 1 - planned_days)]
      .toSorted()
      .at(-1) as string
    for (let day = begin; day <= last; day = addDays(day, 1)) {
      if (known.includes(day)) continue
      await planStatement(pool, {
        id: newId(clock, random),
        merchant_no,
        day,
        due_at: fetchAt(day, statement_at),
      })
      planned++
    }
  }
  return planned
}

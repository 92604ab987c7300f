import type { Job } from '../kernel/job.ts'
import type { ReconciliationContext } from './context.ts'
import { runFetch, claimFetch } from './fetch-statement.ts'
import { planStatements } from './plan-statements.ts'

/** The background jobs of reconciliation. Between processes the claim of a statement's row decides who fetches it. */
export function reconciliationJobs(context: ReconciliationContext): Job[] {
  return [
    {
      name: 'fetch-statements',
      every_ms: 2_000,
      async run(stopping) {
        await planStatements(context)
        const job = await claimFetch(context)
        if (!job) return 0
        await runFetch(context, job, stopping).catch((error: unknown) => {
          if (!stopping.aborted) throw error
        })
        return 1
      },
    },
  ]
}

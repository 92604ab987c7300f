import type { ChargesContext } from '../charges/context.ts'
import { outcomeOfQuery } from '../transactions/outcome.ts'
import { escalateTransactions, failNeverSent, queryDue } from '../charges/jobs.ts'
import { queryTransaction } from '../transactions/query-transaction.ts'
import { settle } from '../charges/settlement.ts'
import type { Job } from '../kernel/job.ts'
import { findRefund } from './store.ts'

/** Background jobs of refunds: paced like charges, and sharing the merchant's turn with them. */
export function refundJobs(context: ChargesContext): Job[] {
  return [
    {
      name: 'query-refunds',
      every_ms: 1_000,
      run: (stopping) =>
        queryDue(context, 'refunds', stopping, (order_id) => queryRefund(context, order_id)),
    },
    {
      name: 'fail-unsent-refunds',
      every_ms: 1_000,
      run: (stopping) => failNeverSent(context, 'refunds', stopping),
    },
    {
      name: 'escalate-refunds',
      every_ms: 30_000,
      run: () => escalateTransactions(context, 'refunds'),
    },
  ]
}

async function queryRefund(context: ChargesContext, order_id: string): Promise<boolean> {
  const refund = await findRefund(context.database.pool, order_id)
  const queried = refund && (await queryTransaction(context, 'refunds', refund.kind, order_id))
  if (queried)
    await settle(context, 'refunds', order_id, outcomeOfQuery(queried.result, queried.transaction))
  return queried !== null
}

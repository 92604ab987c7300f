import type { ChargesContext } from '../charges/context.ts'
import { findInQuery } from '../transactions/outcome.ts'
import { escalateDueOrders, failNeverLeft, queryDue } from '../charges/jobs.ts'
import { queryOrder } from '../transactions/query-transaction.ts'
import { settle } from '../charges/settlement.ts'
import type { Job } from '../kernel/job.ts'
import { findRefund } from './store.ts'

/** The background jobs of refunds: the same pacing as charges, and the same turn of the merchant number. */
export function refundJobs(context: ChargesContext): Job[] {
  return [
    {
      name: 'query-refunds',
      every_ms: 1_000,
      run: (stopping) =>
        queryDue(context, 'refunds', stopping, (order_id) => queryRefund(context, order_id)),
    },
    {
      name: 'fail-refunds-that-never-left',
      every_ms: 1_000,
      run: (stopping) => failNeverLeft(context, 'refunds', stopping),
    },
    {
      name: 'call-person-refunds',
      every_ms: 30_000,
      run: () => escalateDueOrders(context, 'refunds'),
    },
  ]
}

async function queryRefund(context: ChargesContext, order_id: string): Promise<boolean> {
  const refund = await findRefund(context.database.pool, order_id)
  const asked = refund && (await queryOrder(context, 'refunds', refund.kind, order_id))
  if (asked) await settle(context, 'refunds', order_id, findInQuery(asked.result, asked.order))
  return asked !== null
}

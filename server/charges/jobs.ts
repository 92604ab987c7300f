import { workThrough, type Job } from '../kernel/job.ts'
import type { ChargesContext } from './context.ts'
import { findUncertain, findNeverSent } from '../transactions/mark-sent.ts'
import { outcomeOfQuery } from '../transactions/outcome.ts'
import { deleteOldKeys } from '../transactions/idempotency.ts'
import type { TransactionTable } from '../transactions/transaction.ts'
import { queryTransaction } from '../transactions/query-transaction.ts'
import { escalateDue, escalateUnconfigured, findDue } from '../transactions/query-slots.ts'
import { settle } from './settlement.ts'

const batch = 10

/**
 * Background jobs of charges. A charge whose process died is not sent again: its query comes due
 * like any other.
 */
export function chargeJobs(context: ChargesContext): Job[] {
  return [
    {
      name: 'query-charges',
      every_ms: 1_000,
      run: (stopping) =>
        queryDue(context, 'charges', stopping, (order_id) => queryCharge(context, order_id)),
    },
    {
      name: 'fail-unsent-charges',
      every_ms: 1_000,
      run: (stopping) => failNeverSent(context, 'charges', stopping),
    },
    {
      name: 'escalate-charges',
      every_ms: 30_000,
      run: () => escalateTransactions(context, 'charges'),
    },
    {
      name: 'delete-old-idempotency-keys',
      every_ms: 60_000,
      run: () => deleteOldKeys(context.database.pool, 1_000),
    },
  ]
}

/**
 * Queries every transaction that is due and whose merchant may query now. Returns how many were
 * queried.
 */
export async function queryDue(
  context: ChargesContext,
  table: TransactionTable,
  stopping: AbortSignal,
  query: (order_id: string) => Promise<boolean>,
): Promise<number> {
  const due = await findDue(context.database.pool, table, context.payments.merchants, batch)
  let queried = 0
  await workThrough(
    due,
    stopping,
    async (order_id) => {
      if (await query(order_id)) queried++
    },
    (error, order_id) =>
      context.log.error(
        { err: error, order_id },
        'a query failed on this order; it comes due again',
      ),
  )
  return queried
}

/**
 * Fails what no process marked as sent in time, where the row's lock decides against a process that
 * marks it at this moment; and what this process marked in a commit that it could not confirm, and
 * therefore never sent.
 */
export async function failNeverSent(
  context: ChargesContext,
  table: TransactionTable,
  stopping: AbortSignal,
): Promise<number> {
  const { pool } = context.database
  const neverSent = (order_ids: readonly string[], source: 'job' | 'answer') =>
    order_ids.map((order_id) => ({ order_id, source }))
  return workThrough(
    [
      ...neverSent(await findNeverSent(pool, table, 100), 'job'),
      ...neverSent(
        await findUncertain(pool, table, context.uncertain[table], context.clock.now()),
        'answer',
      ),
    ],
    stopping,
    ({ order_id, source }) =>
      settle(context, table, order_id, { state: 'failed', source, reason: 'not_sent' }),
    (error, { order_id }) =>
      context.log.error({ err: error, order_id }, 'an order that never left could not be failed'),
  )
}

/**
 * Transactions that no statement explained in time, or whose merchant number is no longer
 * configured: pending until a person decides.
 */
export async function escalateTransactions(
  context: ChargesContext,
  table: TransactionTable,
): Promise<number> {
  const {
    database: { pool },
    payments: { merchants },
  } = context
  const escalated = [
    ...(await escalateDue(pool, table, batch)),
    ...(merchants.length > 0 ? await escalateUnconfigured(pool, table, merchants) : []),
  ]
  for (const order_id of escalated)
    context.log.error(
      { order_id, alarm: 'order_needs_manual_review' },
      'neither notification nor query nor statement says what became of this order',
    )
  return escalated.length
}

async function queryCharge(context: ChargesContext, order_id: string): Promise<boolean> {
  const queried = await queryTransaction(context, 'charges', 'charge', order_id)
  if (queried)
    await settle(context, 'charges', order_id, outcomeOfQuery(queried.result, queried.transaction))
  return queried !== null
}

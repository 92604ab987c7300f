import { workThrough, type Job } from '../kernel/job.ts'
import type { ChargesContext } from './context.ts'
import { findDoubted, findNeverLeft } from '../transactions/mark-sent.ts'
import { findInQuery } from '../transactions/outcome.ts'
import { forgetKeys } from '../transactions/idempotency.ts'
import type { OrderTable } from '../transactions/transaction.ts'
import { queryOrder } from '../transactions/query-transaction.ts'
import { escalateDue, escalateForgotten, findDue } from '../transactions/query-slots.ts'
import { settle } from './settlement.ts'

const batch = 10

/** What this room does unasked. A charge whose process died is not sent again: its query comes due like any other. */
export function chargeJobs(context: ChargesContext): Job[] {
  return [
    {
      name: 'query-charges',
      every_ms: 1_000,
      run: (stopping) =>
        queryDue(context, 'charges', stopping, (order_id) => queryCharge(context, order_id)),
    },
    {
      name: 'fail-charges-that-never-left',
      every_ms: 1_000,
      run: (stopping) => failNeverLeft(context, 'charges', stopping),
    },
    {
      name: 'call-person-charges',
      every_ms: 30_000,
      run: () => escalateDueOrders(context, 'charges'),
    },
    {
      name: 'forget-idempotency-keys',
      every_ms: 60_000,
      run: () => forgetKeys(context.database.pool, 1_000),
    },
  ]
}

/** Asks about every order that is due and whose merchant may ask. Returns how many were asked about. */
export async function queryDue(
  context: ChargesContext,
  table: OrderTable,
  stopping: AbortSignal,
  query: (order_id: string) => Promise<boolean>,
): Promise<number> {
  const due = await findDue(context.database.pool, table, context.payments.merchants, batch)
  let asked = 0
  await workThrough(
    due,
    stopping,
    async (order_id) => {
      if (await query(order_id)) asked++
    },
    (error, order_id) =>
      context.log.error(
        { err: error, order_id },
        'a query failed on this order; it comes due again',
      ),
  )
  return asked
}

/**
 * Fails what no process marked as leaving in time, where the row's lock decides against one that marks it at this moment; and what this
 * process marked without knowing it, and hence never handed over.
 */
export async function failNeverLeft(
  context: ChargesContext,
  table: OrderTable,
  stopping: AbortSignal,
): Promise<number> {
  const { pool } = context.database
  const never_left = (order_ids: readonly string[], source: 'job' | 'answer') =>
    order_ids.map((order_id) => ({ order_id, source }))
  return workThrough(
    [
      ...never_left(await findNeverLeft(pool, table, 100), 'job'),
      ...never_left(
        await findDoubted(pool, table, context.doubted[table], context.clock.now()),
        'answer',
      ),
    ],
    stopping,
    ({ order_id, source }) =>
      settle(context, table, order_id, { outcome: 'failed', source, reason: 'not_sent' }),
    (error, { order_id }) =>
      context.log.error({ err: error, order_id }, 'an order that never left could not be failed'),
  )
}

/** Orders that no statement explained in time, or whose merchant number is gone: pending until a person says what became of them. */
export async function escalateDueOrders(
  context: ChargesContext,
  table: OrderTable,
): Promise<number> {
  const {
    database: { pool },
    payments: { merchants },
  } = context
  const called = [
    ...(await escalateDue(pool, table, batch)),
    ...(merchants.length > 0 ? await escalateForgotten(pool, table, merchants) : []),
  ]
  for (const order_id of called)
    context.log.error(
      { order_id, alarm: 'order_needs_manual_review' },
      'neither notification nor query nor statement says what became of this order',
    )
  return called.length
}

async function queryCharge(context: ChargesContext, order_id: string): Promise<boolean> {
  const asked = await queryOrder(context, 'charges', 'charge', order_id)
  if (asked) await settle(context, 'charges', order_id, findInQuery(asked.result, asked.order))
  return asked !== null
}

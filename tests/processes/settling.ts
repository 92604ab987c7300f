import { until } from '../support/until.ts'
import type { Installation } from './installation.ts'
import { queryOnce } from './postgres.ts'
import { timeLimit } from '../support/time-limits.ts'

/** Rows of one statement, as soon as the database answers. */
export const read = <Row extends object>(at: Installation, sql: string): Promise<Row[]> =>
  until(
    'the database answers',
    () => queryOnce<Row>(at.postgres.connection(), sql),
    timeLimit(120_000),
  )

const countOf = (condition: string): string =>
  `(select count(*) from charges where ${condition})::int + (select count(*) from refunds where ${condition})::int`
const count = async (at: Installation, condition: string): Promise<number> =>
  (await read<{ n: number }>(at, `select ${countOf(condition)} as n`))[0]?.n ?? 0

const pending = (waits_for: string): string => `state = 'pending' and waits_for = '${waits_for}'`
const due = `${pending('notification')} and due_at <= business_now()`
/**
 * After the first query: the rest of the schedule, then the mornings of the statements that might
 * name an order.
 */
const later_minutes = [12, 25, 35, 65, 26 * 60, 24 * 60, 24 * 60]

/**
 * Moves business time until everything that reached UnionPay is settled: notifications first, then
 * the first query.
 */
export async function letSettle(at: Installation): Promise<void> {
  await until(
    'every notified order is settled',
    async () => (await count(at, pending('notification'))) === 0,
    timeLimit(1_000),
  ).catch(() => null)
  if ((await count(at, pending('notification'))) === 0) return
  await advance(at, 6)
  // a claimed query is no longer due, and may still be running; the check of the books names what
  // stays open nevertheless
  await until(
    'what UnionPay booked is settled',
    async () =>
      !(await areOpen(
        at,
        (await at.gateway.ledger()).map(({ order_id }) => order_id),
      )),
  ).catch(() => null)
}

async function areOpen(at: Installation, order_ids: readonly string[]): Promise<boolean> {
  const open = await read<{ order_id: string }>(
    at,
    `select order_id from charges where state = 'pending' union all select order_id from refunds where state = 'pending'`,
  )
  const booked = new Set(order_ids)
  return open.some(({ order_id }) => booked.has(order_id))
}

/**
 * Moves days: an order that never reached UnionPay is no longer queried, no statement names it, and
 * it needs manual review.
 */
export async function letDaysPass(at: Installation): Promise<void> {
  for (const minutes of later_minutes) {
    if ((await count(at, `${pending('notification')} or ${pending('statement')}`)) === 0) return
    await advance(at, minutes)
  }
  await until(
    'every open order needs manual review',
    async () => (await count(at, `${pending('notification')} or ${pending('statement')}`)) === 0,
    timeLimit(120_000),
  )
}

async function advance(at: Installation, minutes: number): Promise<void> {
  const { offset_ms } = await at.sandbox.control.advance(minutes * 60_000)
  await until(
    'business time moved in the database',
    async () =>
      (await read<{ offset_ms: string }>(at, 'select offset_ms from business_clock')).some(
        (clock) => Number(clock.offset_ms) >= offset_ms,
      ),
    timeLimit(120_000),
  )
  await until('nothing is due', async () => (await count(at, due)) === 0, timeLimit(120_000))
}

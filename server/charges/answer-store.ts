import { slotAfter } from '../kernel/query-schedule.ts'
import type { Queryable } from '../storage/database.ts'
import type { ChargeRow } from './charge.ts'
import type { Finding } from './order.ts'
import type { Pace } from './query-slots.ts'
import { listedOf } from './store.ts'

/** A synchronous answer that settles nothing: what it told besides. */
export type OpenAnswer = Pick<Finding, 'query_id' | 'unionpay_code' | 'unionpay_text'> & {
  order_id: string
  jitter_s: number
}

/**
 * The requests of charges ended now, and their answers settled nothing: writeEnded and writeLearned for several in one statement
 * that commits by itself. Rows are locked in their order. Gives the charges as they are now.
 */
export async function writeAnswered(
  db: Queryable,
  answers: readonly OpenAnswer[],
  pace: Pace,
): Promise<ChargeRow[]> {
  const { rows } = await db.query<ChargeRow>({
    name: 'charges-answered',
    text: `
    with told as (select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::float8[]) as t (order_id, query_id, code, says, wait_s)),
    held as (select order_id from charges where order_id = any($1) order by order_id for update),
    now as materialized (select business_now() as at),
    answered as (
      update charges c set
        due_at = case when c.ended_at is null and c.waits_for = 'notification' then now.at + make_interval(secs => t.wait_s) else c.due_at end,
        ended_at = coalesce(c.ended_at, now.at), query_id = coalesce(c.query_id, t.query_id),
        unionpay_code = case when c.state = 'pending' then coalesce(t.code, c.unionpay_code) else c.unionpay_code end,
        unionpay_text = case when c.state = 'pending' then coalesce(t.says, c.unionpay_text) else c.unionpay_text end
      from held join told t using (order_id), now where c.order_id = held.order_id
      returning c.*)
    ${listedOf('answered')}`,
    values: [
      answers.map(({ order_id }) => order_id),
      answers.map(({ query_id }) => query_id ?? null),
      answers.map(({ unionpay_code }) => unionpay_code ?? null),
      answers.map(({ unionpay_text }) => unionpay_text ?? null),
      answers.map(({ jitter_s }) => (slotAfter(pace.schedule_minutes, 0) ?? 0) + jitter_s),
    ],
  })
  return rows
}

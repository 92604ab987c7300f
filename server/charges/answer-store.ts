import type { Queryable, Database } from '../storage/database.ts'
import type { ChargeRow } from './charge.ts'
import type { Outcome } from '../transactions/outcome.ts'
import type { Pace } from '../transactions/query-slots.ts'
import { listedOf } from './store.ts'
import { learned_columns, ended_columns, firstWait } from '../transactions/store.ts'
import { createBatcher, type Batcher } from '../storage/batcher.ts'

/** A synchronous answer that settles nothing, with what was learned from it. */
export type OpenAnswer = Pick<Outcome, 'query_id' | 'unionpay_code' | 'unionpay_text'> & {
  order_id: string
  jitter_s: number
}

/**
 * The requests of these charges ended, and their answers settled nothing: writeEnded and
 * writeLearned of many in one statement that commits by itself. Rows are locked in the order of
 * their ids. Returns the charges as they are now.
 */
async function writeAnswered(
  db: Queryable,
  answers: readonly OpenAnswer[],
  pace: Pace,
): Promise<ChargeRow[]> {
  const { rows } = await db.query<ChargeRow>({
    name: 'charges-answered',
    text: `
    with answers as (
      select *, null::date as settle_on from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::float8[])
        as o (order_id, query_id, unionpay_code, unionpay_text, wait_s)),
    locked as (select order_id from charges where order_id = any($1) order by merchant_order_no, order_id for update),
    clock as materialized (select business_now() as at),
    answered as (
      update charges t set ${ended_columns}, ${learned_columns}
      from locked join answers o using (order_id), clock where t.order_id = locked.order_id
      returning t.*)
    ${listedOf('answered')}`,
    values: [
      answers.map(({ order_id }) => order_id),
      answers.map(({ query_id }) => query_id ?? null),
      answers.map(({ unionpay_code }) => unionpay_code ?? null),
      answers.map(({ unionpay_text }) => unionpay_text ?? null),
      answers.map(({ jitter_s }) => firstWait(pace) + jitter_s),
    ],
  })
  return rows
}

/**
 * Records synchronous answers that settle nothing, several in one commit. Returns each charge as it
 * is now.
 */
export function createAnswerBatcher(
  { pool }: Pick<Database, 'pool'>,
  pace: Pace,
): Batcher<OpenAnswer, ChargeRow> {
  const write = async (answers: readonly OpenAnswer[]): Promise<ChargeRow[]> => {
    const rows = new Map(
      (await writeAnswered(pool, answers, pace)).map((charge) => [charge.order_id, charge]),
    )
    return answers.map(({ order_id }) => {
      const charge = rows.get(order_id)
      if (!charge) throw new Error(`charge ${order_id} is gone`)
      return charge
    })
  }
  return createBatcher({
    together: write,
    // writing it twice changes nothing
    alone: async (answer) => (await write([answer]))[0] as ChargeRow,
    keysOf: ({ order_id }) => [order_id],
  })
}

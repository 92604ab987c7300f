import type { Database } from '../storage/database.ts'
import { createBatcher, type Batcher } from '../storage/batcher.ts'
import { writeAnswered, type OpenAnswer } from './answer-store.ts'
import type { ChargeRow } from './charge.ts'
import type { Pace } from './query-slots.ts'

/** Notes synchronous answers that settle nothing, several in one commit. Gives each charge as it is now. */
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
    // Written twice it says the same.
    alone: async (answer) => (await write([answer]))[0] as ChargeRow,
    keysOf: ({ order_id }) => [order_id],
  })
}

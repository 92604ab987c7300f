import { findByContractIds } from '../contracts/store.ts'
import type { Database } from '../storage/database.ts'
import { createBatcher } from '../storage/batcher.ts'
import { createAcceptBatcher } from './accept-batch.ts'
import { createAnswerBatcher } from './answer-batch.ts'
import { noneDoubted } from './doubted.ts'
import { createMarkBatcher } from './leaving.ts'
import type { ChargesContext } from './context.ts'
import type { Pace } from './query-slots.ts'

/** The hot steps of a charge, one of each for a process. */
export const batchersOf = (
  database: Database,
  pace: Pace,
): Pick<
  ChargesContext,
  'contractByNumber' | 'acceptBatch' | 'answerBatch' | 'markBatch' | 'doubted'
> => {
  const doubted = noneDoubted()
  return {
    contractByNumber: createBatcher({
      together: (digests) => findByContractIds(database.pool, digests),
    }),
    acceptBatch: createAcceptBatcher(database, doubted.charges),
    answerBatch: createAnswerBatcher(database, pace),
    markBatch: {
      charges: createMarkBatcher(database, 'charges', doubted.charges),
      refunds: createMarkBatcher(database, 'refunds', doubted.refunds),
    },
    doubted,
  }
}

import { findByContractIds } from '../contracts/store.ts'
import type { Database } from '../storage/database.ts'
import { createGather } from '../storage/gather.ts'
import { createAccepting } from './accepting.ts'
import { createAnswering } from './answering.ts'
import { noneDoubted } from './doubted.ts'
import { createMarking } from './leaving.ts'
import type { ChargesContext } from './context.ts'
import type { Pace } from './query-slots.ts'

/** The hot steps of a charge, one of each for a process. */
export const batchersOf = (
  database: Database,
  pace: Pace,
): Pick<ChargesContext, 'contractByNumber' | 'accepting' | 'answering' | 'marking' | 'doubted'> => {
  const doubted = noneDoubted()
  return {
    contractByNumber: createGather({
      together: (digests) => findByContractIds(database.pool, digests),
    }),
    accepting: createAccepting(database, doubted.charges),
    answering: createAnswering(database, pace),
    marking: {
      charges: createMarking(database, 'charges', doubted.charges),
      refunds: createMarking(database, 'refunds', doubted.refunds),
    },
    doubted,
  }
}

import { findByContractIds } from '../contracts/store.ts'
import type { Database } from '../storage/database.ts'
import { createGather } from '../storage/gather.ts'
import { createAccepting } from './accepting.ts'
import { createAnswering } from './answering.ts'
import type { ChargesContext } from './context.ts'
import type { Pace } from './query-slots.ts'

/** The hot steps of a charge, one of each for a process. */
export const gatheredSteps = (
  database: Database,
  pace: Pace,
): Pick<ChargesContext, 'contractByNumber' | 'accepting' | 'answering'> => ({
  contractByNumber: createGather({
    together: (digests) => findByContractIds(database.pool, digests),
  }),
  accepting: createAccepting(database),
  answering: createAnswering(database, pace),
})

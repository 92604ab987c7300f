import type { Contract } from '../contracts/contract.ts'
import type { Catalogue } from '../plans/catalogue.ts'
import type { Cipher } from '../storage/cipher.ts'
import type { Database } from '../storage/database.ts'
import { createBatcher, type Batcher } from '../storage/batcher.ts'
import { createAcceptBatcher, type NewCharge } from './accept-store.ts'
import { createAnswerBatcher, type OpenAnswer } from './answer-store.ts'
import type { Charge, ChargeRow } from './charge.ts'
import type { Pace } from '../transactions/query-slots.ts'
import { noUncertainCommits, createMarkBatcher } from '../transactions/mark-sent.ts'
import type { TransactionsContext } from '../transactions/context.ts'
import { findByContractIds } from '../contracts/store.ts'

/** What the use cases of charges and refunds work with; made once by `app`. */
export type ChargesContext = TransactionsContext & {
  cipher: Cipher
  catalogue: Catalogue
  /** the hot steps, gathered into batches that share a commit */
  contractByNumber: Batcher<string, Contract | null>
  acceptBatch: Batcher<NewCharge, Charge | null>
  answerBatch: Batcher<OpenAnswer, ChargeRow>
  clearing_day_ends: string
  refund_window_days: number
  /** record: charge anyway, with an alarm */
  debit_notice_rule: 'record' | 'refuse'
}

/** The hot steps of a charge, one of each for a process. */
export const batchersOf = (
  database: Database,
  pace: Pace,
): Pick<
  ChargesContext,
  'contractByNumber' | 'acceptBatch' | 'answerBatch' | 'markBatch' | 'uncertain'
> => {
  const uncertain = noUncertainCommits()
  return {
    contractByNumber: createBatcher({
      together: (digests) => findByContractIds(database.pool, digests),
    }),
    acceptBatch: createAcceptBatcher(database, uncertain.charges),
    answerBatch: createAnswerBatcher(database, pace),
    markBatch: {
      charges: createMarkBatcher(database, 'charges', uncertain.charges),
      refunds: createMarkBatcher(database, 'refunds', uncertain.refunds),
    },
    uncertain,
  }
}

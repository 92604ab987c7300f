import type { FastifyBaseLogger } from 'fastify'
import type { Contract } from '../contracts/contract.ts'
import type { Clock } from '../kernel/clock.ts'
import type { RandomBytes } from '../kernel/ids.ts'
import type { Catalogue } from '../plans/catalogue.ts'
import type { Cipher } from '../storage/cipher.ts'
import type { Database } from '../storage/database.ts'
import type { Batcher } from '../storage/batcher.ts'
import type { Payments } from '../unionpay/payments.ts'
import type { NewCharge } from './accept-store.ts'
import type { OpenAnswer } from './answer-store.ts'
import type { Charge, ChargeRow } from './charge.ts'
import type { Pace } from './query-slots.ts'
import type { Doubted } from './doubted.ts'
import type { OrderTable } from './order.ts'
import type { OrderWatch } from './order-watch.ts'
import type { SendGate } from './send-gate.ts'

/** What the verbs of charging and giving back work with; made once by `app`. */
export type ChargesContext = {
  database: Database
  cipher: Cipher
  clock: Clock // business time
  random: RandomBytes
  catalogue: Catalogue
  payments: Payments
  pace: Pace
  gate: SendGate
  /** the hot steps, gathered into batches that share a commit */
  contractByNumber: Batcher<string, Contract | null>
  acceptBatch: Batcher<NewCharge, Charge | null>
  answerBatch: Batcher<OpenAnswer, ChargeRow>
  markBatch: Record<OrderTable, Batcher<string, boolean>>
  doubted: Doubted
  /** longest wait of the caller for the gateway's synchronous answer */
  wait_ms: number
  clearing_day_ends: string
  refund_window_days: number
  /** record: charge all the same, with an alarm */
  debit_notice_rule: 'record' | 'refuse'
  /** told of what became of orders */
  watch: OrderWatch
  log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>
}

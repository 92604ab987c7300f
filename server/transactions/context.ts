import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../kernel/clock.ts'
import type { RandomBytes } from '../kernel/ids.ts'
import type { Batcher } from '../storage/batcher.ts'
import type { Database } from '../storage/database.ts'
import type { Payments } from '../unionpay/payments.ts'
import type { UncertainCommits } from './mark-sent.ts'
import type { Pace } from './query-slots.ts'
import type { SendGate } from './send-once.ts'
import type { OrderSource } from './states.ts'
import type { TransactionTable } from './transaction.ts'

/** What sending and querying a charge or a refund works with. */
export type TransactionsContext = {
  database: Database
  clock: Clock // business time
  random: RandomBytes
  payments: Payments
  pace: Pace
  gate: SendGate
  markBatch: Record<TransactionTable, Batcher<string, boolean>>
  uncertain: UncertainCommits
  /** longest wait of the caller for the gateway's synchronous answer */
  wait_ms: number
  watch: TransactionWatch
  log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>
}

/** Notified after the commit of what became of transactions, for metrics. Must not throw. */
export type TransactionWatch = {
  accepted(table: TransactionTable): void
  settled(transaction: {
    table: TransactionTable
    order_id: string
    state: 'succeeded' | 'failed'
    source: OrderSource
  }): void
}

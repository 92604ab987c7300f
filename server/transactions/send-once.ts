import { setImmediate as nextTurn } from 'node:timers/promises'
import { instantOf } from '../kernel/ids.ts'
import type { Clock } from '../kernel/clock.ts'
import type { TransactionsContext } from './context.ts'
import type { Transaction, TransactionTable } from './transaction.ts'

/** Charges and refunds that are being sent at one time; more wait in a queue. */
export const sends_at_once = 48

/**
 * A transaction that is not marked as sent by then, counted from its acceptance, is never sent and
 * fails as `not_sent`.
 */
export const mark_within_ms = 5_000

/** A request that was not handed over by then never is, although it is marked as sent. */
export const send_within_ms = 10_000

/**
 * Whether a transaction is too old to be sent, by the clock that made its number: the process was
 * paused, or its commit took long. Other processes assume that the request has ended by then, and
 * may have queried it already.
 */
export const isTooLate = (clock: Clock, order_id: string): boolean =>
  clock.now().getTime() - instantOf(order_id).getTime() > send_within_ms

/**
 * Bounds how many requests are sent at one time, in order of arrival. A process that closes waits
 * for those under way.
 */
export type SendGate = {
  /** Takes a place if one is free now. */
  enterNow(): boolean
  /** Waits for a place; false when none became free in time. */
  enter(): Promise<boolean>
  /** Passes the place on to the next in the queue. */
  release(): void
  /** Keeps the process from closing while this lasts. */
  track<Result>(sending: Promise<Result>): Promise<Result>
  /** Resolves when everything that is tracked has ended. */
  idle(): Promise<void>
}

export function createSendGate(most_at_once: number, within_ms = mark_within_ms): SendGate {
  const waiting: (() => void)[] = []
  const under_way = new Set<Promise<unknown>>()
  let free = most_at_once
  const enterNow = (): boolean => {
    if (free === 0) return false
    free--
    return true
  }
  return {
    enterNow,
    async enter() {
      if (enterNow()) return true
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(turn), 1)
          resolve(false)
        }, within_ms)
        const turn = (): void => {
          clearTimeout(timer)
          resolve(true)
        }
        waiting.push(turn)
      })
    },
    release() {
      const next = waiting.shift()
      if (next) next()
      else free++
    },
    track(sending) {
      under_way.add(sending)
      const ended = (): void => void under_way.delete(sending)
      sending.then(ended, ended)
      return sending
    },
    async idle() {
      while (under_way.size > 0) {
        await Promise.allSettled(under_way)
        await nextTurn() // a charge that was accepted goes on to be sent
      }
    },
  }
}

/**
 * Sends an accepted transaction once: waits for a place unless it has one, marks it as sent unless
 * its acceptance did, then calls `send`. `missed` handles one that may not be sent. The place is
 * released in any case.
 */
export async function sendOnce<Result>(
  { gate, markBatch }: Pick<TransactionsContext, 'gate' | 'markBatch'>,
  table: TransactionTable,
  transaction: Pick<Transaction, 'order_id' | 'sent_at'>,
  has_place: boolean,
  send: () => Promise<Result>,
  missed: () => Promise<Result>,
): Promise<Result> {
  if (!has_place && !(await gate.enter())) return missed()
  try {
    if (transaction.sent_at === null && !(await markBatch[table](transaction.order_id)))
      return await missed()
    return await send()
  } finally {
    gate.release()
  }
}

/** The result of `sending`, or null after `wait_ms`; sending goes on then. */
export async function withinWait<Result>(
  { wait_ms, log }: Pick<TransactionsContext, 'wait_ms' | 'log'>,
  order_id: string,
  sending: Promise<Result>,
): Promise<Result | null> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), wait_ms)
  })
  const sent = sending.catch((error: unknown) => {
    // It is accepted whatever failed on our side: its query comes due.
    log.error({ err: error, order_id }, 'sending broke off; the order is queried')
    return null
  })
  try {
    return await Promise.race([sent, timeout])
  } finally {
    clearTimeout(timer)
  }
}

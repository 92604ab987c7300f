import { setImmediate as breath } from 'node:timers/promises'
import { instantOf } from '../kernel/ids.ts'
import type { Clock } from '../kernel/clock.ts'
import type { TransactionsContext } from './context.ts'
import type { Order, OrderTable } from './transaction.ts'

/** Requests with money in them that are under way at once; more wait their turn. */
export const sends_at_once = 48

/** An order that is not marked as leaving by then, counted from its acceptance, never leaves and fails as `not_sent`. */
export const mark_within_ms = 5_000

/** A request that was not handed over by then never is, although it was marked. */
export const send_within_ms = 10_000

/**
 * Whether an order is too old to be sent, by the clock that made its number: the process stood still, or its commit took long. Others
 * count on it that the request has ended by then, and may have asked UnionPay about it already.
 */
export const isTooLate = (clock: Clock, order_id: string): boolean =>
  clock.now().getTime() - instantOf(order_id).getTime() > send_within_ms

/**
 * A bounded number of requests on their way at a time, in order of arrival. A process that closes lets those under way end.
 */
export type SendGate = {
  /** Takes a place when one is free now. */
  enterNow(): boolean
  /** Takes a place when it is its turn; false when that did not come in time. */
  enter(): Promise<boolean>
  /** Gives the place back to the next. */
  leave(): void
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
    leave() {
      const next = waiting.shift()
      if (next) next()
      else free++
    },
    track(sending) {
      under_way.add(sending)
      const forget = (): void => void under_way.delete(sending)
      sending.then(forget, forget)
      return sending
    },
    async idle() {
      while (under_way.size > 0) {
        await Promise.allSettled(under_way)
        await breath() // what was accepted goes on to its sending
      }
    },
  }
}

/**
 * Lets an accepted order leave once: waits for a place unless it has one, marks the order as leaving unless its acceptance did, then
 * sends it. `missed` says what becomes of one that may not leave. A place is given back in any case.
 */
export async function leaveOnce<Result>(
  { gate, markBatch }: Pick<TransactionsContext, 'gate' | 'markBatch'>,
  table: OrderTable,
  order: Pick<Order, 'order_id' | 'sent_at'>,
  has_place: boolean,
  send: () => Promise<Result>,
  missed: () => Promise<Result>,
): Promise<Result> {
  if (!has_place && !(await gate.enter())) return missed()
  try {
    if (order.sent_at === null && !(await markBatch[table](order.order_id))) return await missed()
    return await send()
  } finally {
    gate.leave()
  }
}

/** What `sending` gives, or null when that takes longer than the caller should wait. Sending goes on then. */
export async function withinWait<Result>(
  { wait_ms, log }: Pick<TransactionsContext, 'wait_ms' | 'log'>,
  order_id: string,
  sending: Promise<Result>,
): Promise<Result | null> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), wait_ms)
  })
  const sent = sending.catch((error: unknown) => {
    // Accepted is accepted: whatever broke on our side, the order is there and is queried.
    log.error({ err: error, order_id }, 'sending broke off; the order is queried')
    return null
  })
  try {
    return await Promise.race([sent, patience])
  } finally {
    clearTimeout(timer)
  }
}

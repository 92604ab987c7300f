import { instantOf } from '../kernel/ids.ts'
import type { Clock } from '../kernel/clock.ts'

/** A send that has not begun by then never begins: the order fails as `not_sent`. */
export const send_within_ms = 10_000

/**
 * Whether an order is too old to be sent, by the clock that made its number: the process stood still, or its commit took long. Others
 * count on it that the request has ended by then, and may have asked UnionPay about it already.
 */
export const isTooLate = (clock: Clock, order_id: string): boolean =>
  clock.now().getTime() - instantOf(order_id).getTime() > send_within_ms

/** Whether an order did not leave at once: what was true when it was accepted may no longer be. */
export const hasWaited = (clock: Clock, order_id: string): boolean =>
  clock.now().getTime() - instantOf(order_id).getTime() > 1_000

/**
 * Lets a bounded number of requests out at a time, in order of arrival, and knows those under way: a process that closes lets
 * them end.
 */
export type SendGate = {
  /** Runs `send` when it is its turn, or `missed` when that did not come within `send_within_ms`. */
  pass<Result>(send: () => Promise<Result>, missed: () => Promise<Result>): Promise<Result>
  /** Resolves when everything under way has ended. */
  idle(): Promise<void>
}

export function createSendGate(most_at_once: number, within_ms = send_within_ms): SendGate {
  const waiting: (() => void)[] = []
  const under_way = new Set<Promise<unknown>>()
  let free = most_at_once

  const enter = async (): Promise<boolean> => {
    if (free > 0) {
      free--
      return true
    }
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
  }
  const leave = (): void => {
    const next = waiting.shift()
    if (next) next()
    else free++
  }
  const run = async <Result>(
    send: () => Promise<Result>,
    missed: () => Promise<Result>,
  ): Promise<Result> => {
    if (!(await enter())) return missed()
    try {
      return await send()
    } finally {
      leave()
    }
  }
  return {
    pass(send, missed) {
      const passing = run(send, missed)
      under_way.add(passing)
      const forget = (): void => void under_way.delete(passing)
      passing.then(forget, forget)
      return passing
    },
    async idle() {
      while (under_way.size > 0) await Promise.allSettled(under_way)
    },
  }
}

import { setImmediate as breath } from 'node:timers/promises'
import { instantOf } from '../kernel/ids.ts'
import type { Clock } from '../kernel/clock.ts'

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

import { setTimeout as wait } from 'node:timers/promises'
import { Refusal } from '../errors.ts'

/** How much of the process is spent on addresses that sent what does not verify. */
export type Budget = {
  /** so many failures, each within `forget_ms` of the one before, make an address suspect */
  failures: number
  forget_ms: number
  /** so long is verified for suspect addresses in one go; `rests` times as long as it took, nothing is */
  slice_ms: number
  rests: number
  /** so many of their requests wait at most, which is less than the ten seconds that UnionPay waits */
  most_waiting: number
  /** so many addresses are tracked; beyond that the oldest is dropped */
  most_addresses: number
}

const usual: Budget = {
  failures: 3,
  forget_ms: 60_000,
  slice_ms: 1,
  rests: 9,
  most_waiting: 500,
  most_addresses: 10_000,
}

type Reading = { kind: 'valid' | 'invalid' }
export type Verify = <Read extends Reading>(address: string, read: () => Read) => Promise<Read>

/**
 * Decides when a notification is verified. From an address that sent nothing false lately: at once, however many there are. From
 * one that did: in turn and within a tenth of one core, so that a flood does not slow the pages; what finds the queue full is
 * refused `overloaded` before it is looked at, and UnionPay sends it again. What has been verified is never refused.
 */
export function createVerificationBudget(limits: Partial<Budget> = {}): Verify {
  const budget = { ...usual, ...limits }
  const suspects = createSuspects(budget)
  const waiting: (() => void)[] = []
  let working = false

  const work = async (): Promise<void> => {
    working = true
    while (waiting.length > 0) {
      const begun = performance.now()
      while (waiting.length > 0 && performance.now() < begun + budget.slice_ms) waiting.shift()?.()
      await wait((performance.now() - begun) * budget.rests)
    }
    working = false
  }
  return async (address, read) => {
    const readNow = (): ReturnType<typeof read> => {
      const reading = read()
      if (reading.kind === 'invalid') suspects.add(address)
      return reading
    }
    if (!suspects.has(address)) return readNow()
    if (waiting.length >= budget.most_waiting) throw new Refusal('overloaded')
    return new Promise((resolve) => {
      waiting.push(() => resolve(new Promise((done) => done(readNow()))))
      if (!working) void work()
    })
  }
}

/** Addresses by what they sent: only those with several failures are suspect, since anybody may send one. */
function createSuspects({ failures, forget_ms, most_addresses }: Budget) {
  const failed = new Map<string, { count: number; until: number }>()
  const find = (address: string) => {
    const found = failed.get(address)
    return found && found.until > performance.now() ? found : null
  }
  return {
    has: (address: string): boolean => (find(address)?.count ?? 0) >= failures,
    add(address: string): void {
      const count = (find(address)?.count ?? 0) + 1
      failed.delete(address) // the newest stands last
      failed.set(address, { count, until: performance.now() + forget_ms })
      const [oldest] = failed.keys()
      if (failed.size > most_addresses && oldest !== undefined) failed.delete(oldest)
    },
  }
}

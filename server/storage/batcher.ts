import { AsyncLocalStorage } from 'node:async_hooks'

/** Hands over one step of a caller and returns its result, once that is committed. */
export type Batcher<Item, Result> = (item: Item) => Promise<Result>

export type BatchRules<Item, Result> = {
  /**
   * Does all items in one commit; one result each, in their order. When it throws, none of them
   * counts as done.
   */
  together(items: readonly Item[]): Promise<readonly Result[]>
  /**
   * What becomes of an item whose batch broke, so that one bad member does not harm the others.
   * Left out: it breaks too.
   */
  alone?(item: Item, error: unknown): Promise<Result>
  /** Items that share a key are never under way at once. */
  keysOf?(item: Item): readonly string[]
}

export type BatchLimits = { most: number; at_once: number }

type Waiting<Item, Result> = {
  item: Item
  keys: readonly string[]
  inside<R>(work: () => R): R
  resolve(result: Result): void
  reject(error: unknown): void
}

/**
 * Gathers steps of many callers into batches that share a commit: whatever came in while the event
 * loop was busy, and while `at_once` batches are under way whatever comes meanwhile. In order of
 * arrival. Nothing waits for company.
 */
export function createBatcher<Item, Result>(
  rules: BatchRules<Item, Result>,
  { most, at_once }: BatchLimits = { most: 100, at_once: 2 },
): Batcher<Item, Result> {
  const { alone = (_item, error) => Promise.reject(error), keysOf = () => [] } = rules
  let waiting: Waiting<Item, Result>[] = []
  const taken = new Set<string>()
  let under_way = 0
  let called = false

  const flush = (): void => {
    called = false
    while (under_way < at_once) {
      const batch = pick()
      const [first] = batch
      if (!first) return
      under_way++
      // A batch belongs to its first caller, not to the one that happened to end before it: tracing
      // finds it below its call.
      void first
        .inside(() => run(batch))
        .finally(() => {
          under_way--
          for (const { keys } of batch) for (const key of keys) taken.delete(key)
          if (waiting.length > 0) callFlush()
        })
    }
  }
  const callFlush = (): void => {
    if (called) return
    called = true
    setImmediate(flush)
  }
  const pick = (): Waiting<Item, Result>[] => {
    const batch: Waiting<Item, Result>[] = []
    const left: Waiting<Item, Result>[] = []
    for (const one of waiting) {
      if (batch.length === most || one.keys.some((key) => taken.has(key))) left.push(one)
      else {
        for (const key of one.keys) taken.add(key)
        batch.push(one)
      }
    }
    waiting = left
    return batch
  }
  const run = async (batch: readonly Waiting<Item, Result>[]): Promise<void> => {
    try {
      const results = await rules.together(batch.map(({ item }) => item))
      batch.forEach(({ resolve }, place) => resolve(results[place] as Result))
    } catch (error) {
      for (const { item, resolve, reject } of batch) await alone(item, error).then(resolve, reject)
    }
  }
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({
        item,
        keys: keysOf(item),
        inside: AsyncLocalStorage.snapshot(),
        resolve,
        reject,
      })
      callFlush()
    })
}

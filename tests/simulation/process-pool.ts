import { nobody } from './database.ts'
import type { Environment } from './environment.ts'
import { startProcess, type ShopProcess } from './shop-process.ts'
import type { Turns } from './turns.ts'

/** The two server processes: started on demand, until a fault kills them. */
export type ProcessPool = {
  /** the process with that number, started when it is dead */
  process(number: number): Promise<ShopProcess>
  /** the same when it is alive */
  there(number: number): ShopProcess | null
  die(shop: ShopProcess, words: string): Promise<void>
  kill(number: number): Promise<void>
  /** Resolves when the database has rolled back the open work of the dead process. */
  ended(): Promise<void>
  /** The next run cannot reuse a process with work in progress. */
  end(): Promise<void>
}

export function createProcessPool(
  environment: Environment,
  turns: Turns,
  onDeath: (name: string, words: string) => void,
): ProcessPool {
  const { processes } = environment
  let ending = Promise.resolve()
  const bury = (shop: ShopProcess): Promise<void> => {
    shop.die()
    turns.dropOwner(shop)
    return (ending = environment.lines.endOf(shop))
  }
  const processPool: ProcessPool = {
    async process(number) {
      await ending
      const started =
        processPool.there(number) ??
        (await startProcess('AB'[number] ?? '?', environment, () => environment.stage))
      processes[number] = started
      return started
    },
    there(number) {
      const shop = processes[number]
      return shop && !shop.isDead() ? shop : null
    },
    async die(shop, words) {
      if (shop.isDead()) return
      onDeath(shop.name, words)
      await bury(shop)
    },
    async kill(number) {
      const shop = processes[number]
      if (shop) await processPool.die(shop, 'by kill -9')
    },
    ended: () => ending,
    async end() {
      await environment.lines.endOf(nobody)
      if (turns.under_way() === 0) return
      for (const shop of processes) if (shop && !shop.isDead()) await bury(shop)
    },
  }
  return processPool
}

import { nobody } from './database.ts'
import type { House } from './house.ts'
import { startProcess, type ShopProcess } from './shop-process.ts'
import type { Turns } from './turns.ts'

/** The two server processes: started when they are needed, dead when something kills them. */
export type Crew = {
  /** the process of that number, started when it is dead */
  process(number: number): Promise<ShopProcess>
  /** the same when it is alive */
  there(number: number): ShopProcess | null
  die(shop: ShopProcess, words: string): Promise<void>
  kill(number: number): Promise<void>
  /** Resolves when the database has taken back what the dead had open. */
  buried(): Promise<void>
  /** A process with something under way is of no use to the next run. */
  end(): Promise<void>
}

export function createCrew(
  house: House,
  turns: Turns,
  onDeath: (name: string, words: string) => void,
): Crew {
  const { processes } = house
  let burying = Promise.resolve()
  const bury = (shop: ShopProcess): Promise<void> => {
    shop.die()
    turns.dropOwner(shop)
    return (burying = house.lines.endOf(shop))
  }
  const crew: Crew = {
    async process(number) {
      await burying
      const started =
        crew.there(number) ?? (await startProcess('AB'[number] ?? '?', house, () => house.stage))
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
      if (shop) await crew.die(shop, 'by kill -9')
    },
    buried: () => burying,
    async end() {
      await house.lines.endOf(nobody)
      if (turns.under_way() === 0) return
      for (const shop of processes) if (shop && !shop.isDead()) await bury(shop)
    },
  }
  return crew
}

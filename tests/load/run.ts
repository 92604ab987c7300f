import { median } from './drive.ts'
import { pickDue, type Picked } from './due.ts'
import { layGround } from './bench-environment.ts'
import { load, type Kind, type Spent } from './load.ts'
import { measureFloor, type Floor } from './measure-floor.ts'

export type Sizes = {
  rounds: number
  levels: readonly number[]
  floor_times: number
  times: number
  open_orders: readonly number[]
}
export type Part = Kind | 'due'
/**
 * A request compared with the floor of the same round; of several rounds the median by
 * `times_floor`.
 */
export type Measured = Spent & {
  floor_us: number
  times_floor: number
  least: number
  most: number
}
export type Results = {
  floor: Map<number, Floor>
  charge: Measured[]
  notification: Measured[]
  due: Picked[]
}

export const full: Sizes = {
  rounds: 3,
  levels: [1, 10, 50],
  floor_times: 1_500,
  times: 2_000,
  open_orders: [10_000, 1_000_000],
}

/**
 * Measures floor and load in one run in one environment, so that other work on the machine affects
 * both.
 */
export async function run(
  parts: readonly Part[],
  { rounds, levels, floor_times, times, open_orders }: Sizes,
): Promise<Results> {
  const ground = await layGround()
  const results: Results = { floor: new Map(), charge: [], notification: [], due: [] }
  const kinds = (['charge', 'notification'] as const).filter((kind) => parts.includes(kind))
  try {
    const measured: Record<Kind, Measured[]> = { charge: [], notification: [] }
    for (let round = 0; round < rounds && kinds.length > 0; round++) {
      results.floor = await measureFloor(ground, levels, floor_times)
      for (const kind of kinds) {
        for (const spent of await load(ground, kind, levels, times)) {
          const floor_us = (results.floor.get(spent.callers) as Floor)[kind]
          const times_floor = spent.cpu_us / floor_us
          measured[kind].push({
            ...spent,
            floor_us,
            times_floor,
            least: times_floor,
            most: times_floor,
          })
        }
      }
    }
    for (const kind of kinds)
      results[kind] = levels.map((level) =>
        middle(measured[kind].filter(({ callers }) => callers === level)),
      )
    if (parts.includes('due')) {
      await keepAnyProfile(ground.pool)
      results.due = await pickDue(ground, open_orders)
    }
    return results
  } finally {
    await ground.stop()
  }
}

function middle(rounds: readonly Measured[]): Measured {
  const all = rounds.map(({ times_floor }) => times_floor)
  const one = rounds.find(({ times_floor }) => times_floor === median(all)) as Measured
  return {
    ...one,
    least: Math.min(...all),
    most: Math.max(...all),
    most_rss_mb: Math.max(...rounds.map(({ most_rss_mb }) => most_rss_mb)),
  }
}

/** A charge names the profile it was made with; before the first server start there is none. */
const keepAnyProfile = (pool: { query(text: string): Promise<unknown> }): Promise<unknown> =>
  pool.query(
    `insert into charge_profiles (digest, name, body) values ('bench', 'bench', '{}') on conflict do nothing`,
  )

import type { Environment } from './environment.ts'
import { planOf } from './plan.ts'
import { play, type Outcome } from './run.ts'

export type Tally = {
  seeds: number
  steps: number
  faults: number
  crashes: number
  breaches: Outcome[]
}

/**
 * Runs seeds one after the other. Stops after `most_breaches`, or when `goesOn`, called after each,
 * returns false.
 */
export async function playSeeds(
  environment: Environment,
  first: number,
  count: number,
  most_breaches = 1,
  goesOn: (tally: Tally) => boolean = () => true,
): Promise<Tally> {
  const tally: Tally = { seeds: 0, steps: 0, faults: 0, crashes: 0, breaches: [] }
  for (let seed = first; seed < first + count && tally.breaches.length < most_breaches; seed++) {
    const outcome = await play(environment, planOf(seed))
    tally.seeds++
    tally.steps += outcome.counts.steps
    tally.faults += outcome.counts.faults
    tally.crashes += outcome.counts.crashes
    if (outcome.breach) tally.breaches.push(outcome)
    if (!goesOn(tally)) break
  }
  return tally
}

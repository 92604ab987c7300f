import { createRandomStream, type RandomStream } from './random-stream.ts'
import type { Action } from './plan.ts'

export const scenarioKinds = [
  'twice',
  'subscribe',
  'announce',
  'days',
  'renew',
  'look',
  'switch',
] as const
export type ScenarioKind = (typeof scenarioKinds)[number]

type Scenario = {
  /** its share of the seeds */
  weight: number
  begins: readonly ScenarioKind[]
  /** the scenario's actions between the seed's own, and the probability after each of them */
  kinds: Partial<Record<ScenarioKind, number>>
  share: number
}

/**
 * Situations that most seeds never reach at random. A seed runs one of them, or none, between its
 * other actions.
 */
const scenarios: Record<'none' | 'paid_twice' | 'renewals' | 'wallets', Scenario> = {
  none: { weight: 8, begins: [], kinds: {}, share: 0 },
  paid_twice: { weight: 4, begins: [], kinds: { twice: 1 }, share: 0.2 },
  renewals: {
    weight: 4,
    begins: ['subscribe', 'announce', 'announce', 'days'],
    kinds: { renew: 8, announce: 2, subscribe: 1 },
    share: 0.2,
  },
  wallets: { weight: 4, begins: ['look'], kinds: { look: 6, switch: 2 }, share: 0.4 },
}

/** From a random stream of its own, so that the seed's other actions stay unchanged. */
export function chooseScenario(seed: number): Omit<Scenario, 'kinds'> & {
  kinds: Record<ScenarioKind, number>
  chance: RandomStream
} {
  const chance = createRandomStream(seed + 2_000_000_011)
  const { none, paid_twice, renewals, wallets } = scenarios
  const name = chance.weighted({
    none: none.weight,
    paid_twice: paid_twice.weight,
    renewals: renewals.weight,
    wallets: wallets.weight,
  })
  return {
    ...scenarios[name],
    kinds: scenarios[name].kinds as Record<ScenarioKind, number>,
    chance,
  }
}

/**
 * Inserts further actions between those of a plan, from a random stream of their own: the plan's
 * actions stay unchanged.
 */
export function insertBetween(
  actions: readonly Action[],
  chance: RandomStream,
  probability: number,
  make: (chance: RandomStream) => Action,
): Action[] {
  return actions.flatMap((action) => [
    action,
    ...(chance.happens(probability) ? [make(chance)] : []),
  ])
}

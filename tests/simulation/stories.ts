import { createChance, type Chance } from './chance.ts'
import type { Action } from './plan.ts'

export const storyKinds = [
  'twice',
  'subscribe',
  'announce',
  'days',
  'renew',
  'look',
  'switch',
] as const
export type StoryKind = (typeof storyKinds)[number]

type Story = {
  /** its share of the seeds */
  weight: number
  begins: readonly StoryKind[]
  /** the scenario's actions between the seed's own, and the probability after each of them */
  kinds: Partial<Record<StoryKind, number>>
  share: number
}

/**
 * Situations that most seeds never reach at random. A seed runs one of them, or none, between its
 * other actions.
 */
const stories: Record<'none' | 'paid_twice' | 'renewals' | 'wallets', Story> = {
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
export function chooseStory(seed: number): Omit<Story, 'kinds'> & {
  kinds: Record<StoryKind, number>
  chance: Chance
} {
  const chance = createChance(seed + 2_000_000_011)
  const { none, paid_twice, renewals, wallets } = stories
  const name = chance.weighted({
    none: none.weight,
    paid_twice: paid_twice.weight,
    renewals: renewals.weight,
    wallets: wallets.weight,
  })
  return { ...stories[name], kinds: stories[name].kinds as Record<StoryKind, number>, chance }
}

/**
 * Inserts further actions between those of a plan, from a random stream of their own: the plan's
 * actions stay unchanged.
 */
export function putBetween(
  actions: readonly Action[],
  chance: Chance,
  probability: number,
  make: (chance: Chance) => Action,
): Action[] {
  return actions.flatMap((action) => [
    action,
    ...(chance.happens(probability) ? [make(chance)] : []),
  ])
}

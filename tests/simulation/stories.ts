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
  /** how many seeds tell it, among the others */
  weight: number
  begins: readonly StoryKind[]
  /** what goes on between other actions, and after which share of them */
  kinds: Partial<Record<StoryKind, number>>
  share: number
}

/** What most seeds never come to by chance. A seed tells one of them, or none, between what it does besides. */
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

/** By a stream of its own: what a seed does besides stays what it was before there were stories. */
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

/** Puts further actions between those of a plan, by a stream of chance of their own: the actions stay what the seed made them. */
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

/** A random stream that a seed determines completely (mulberry32). */
export type RandomStream = {
  /** a whole number from 0 to `end`, exclusive */
  below(end: number): number
  happens(probability: number): boolean
  pick<Thing>(things: readonly Thing[]): Thing
  /** the key of one of the weights, with its probability */
  weighted<Key extends string>(weights: Record<Key, number>): Key
  bytes(size: number): Buffer
}

export function createRandomStream(seed: number): RandomStream {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (end: number): number => Math.floor(next() * end)
  return {
    below,
    happens: (probability) => next() < probability,
    pick: (things) => things[below(things.length)] as (typeof things)[number],
    weighted(weights) {
      const keys = Object.keys(weights) as (keyof typeof weights)[]
      let left = next() * keys.reduce((sum, key) => sum + weights[key], 0)
      for (const key of keys) if ((left -= weights[key]) < 0) return key
      return keys[0] as keyof typeof weights
    },
    bytes: (size) => Buffer.from(Array.from({ length: size }, () => below(256))),
  }
}

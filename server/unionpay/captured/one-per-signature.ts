/** What tells the ways to read one message apart. `size`: how much of it was read. */
export type Judge<Way> = {
  signatureOf: (way: Way) => string
  isRight: (way: Way) => boolean
  size: (way: Way) => number
}

/**
 * One reading for each message, which its signature names: the first that the signature confirms,
 * else the one with the most in it. Nothing is mended here: a message that no reading makes right
 * is explained by somebody else.
 */
export function onePerSignature<Way>(ways: readonly Way[], judge: Judge<Way>): Way[] {
  const groups = Map.groupBy(ways, (way) => keyOf(judge.signatureOf(way)))
  groups.delete('')
  return [...groups.values()].map(
    (group) =>
      group.find(judge.isRight) ??
      (group.toSorted((one, other) => judge.size(other) - judge.size(one))[0] as Way),
  )
}

/**
 * The same signature, however encoded or damaged: percent-encoded once or twice, or `=3D` of
 * quoted-printable before it.
 */
const keyOf = (signature: string): string =>
  signature
    .replace(/%(?:25)*(?:2B|2F|3D)|[^A-Za-z0-9]/gi, '')
    .replace(/^3D/, '')
    .slice(0, 24)

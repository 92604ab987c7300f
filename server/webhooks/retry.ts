const [minute, hour] = [60, 3_600]

/** Seconds until the next attempt after the first, second, … failure; then it is given up, three days after the event. */
export const gaps_s: readonly number[] = [
  5,
  30,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  24 * hour,
  24 * hour,
]

/** An endpoint that has answered nothing but failures for so long is disabled. */
export const disable_after_s = 3 * 24 * hour

/** Null: that was the last. `chance` from 0 to 1 spreads the attempts of one outage over a tenth of the gap. */
export function gapAfter(tries: number, chance: number): number | null {
  const gap = gaps_s[tries - 1]
  return gap === undefined ? null : gap * (1 + 0.1 * chance)
}

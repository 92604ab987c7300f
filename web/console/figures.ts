/** Formats the figures of the console. A dash where nothing was measured yet. */

export const seconds = (value: number | null): string =>
  value === null ? '–' : value < 10 ? `${value.toFixed(1)} s` : `${Math.round(value)} s`

/** A share between 0 and 1. */
export const percent = (share: number | null): string =>
  share === null ? '–' : `${(share * 100).toFixed(1)} %`

/** The share of succeeded charges among all settled ones; null before the first. */
export const successRate = (succeeded: number, failed: number): number | null =>
  succeeded + failed === 0 ? null : succeeded / (succeeded + failed)

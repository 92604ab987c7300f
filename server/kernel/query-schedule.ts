/**
 * UnionPay's patience is five minutes, counted from the end of the request and between two queries
 * (ACP §6.2).
 */
export const least_gap_minutes = 5

/**
 * Added to every slot, besides a little chance: strictly later than five minutes, by any party's
 * clock.
 */
const slot_margin_s = 5
export const most_jitter_s = 5

/**
 * A slot is used so soon after it was taken or not at all: a query that leaves late would be too
 * near to the next one.
 */
export const slot_lasts_s = 2

/**
 * After the last slot the statement of the clearing day and of the next decides, which comes the
 * morning after; then a person is asked.
 */
export const statement_patience_s = 72 * 3600

/** After "too frequent" (37) no query of this merchant number is sent for so long. */
export const backoff_s = 15 * 60

/** What is wrong with a schedule of minutes since the request ended; null when it keeps the law. */
export function problemOfSchedule(minutes: readonly number[]): string | null {
  if (minutes.length === 0) return 'must name at least one slot'
  const gaps = minutes.map((minute, place) => minute - (minutes[place - 1] ?? 0))
  const wrong = gaps.findIndex((gap) => !(gap >= least_gap_minutes))
  if (wrong < 0) return null
  return wrong === 0
    ? `begins with ${minutes[0]}; UnionPay must not be asked before ${least_gap_minutes} minutes`
    : `holds ${minutes[wrong - 1]},${minutes[wrong]}; two queries must be ${least_gap_minutes} minutes apart`
}

/**
 * Seconds since the request ended at which the query after `queries` earlier ones is due; null when
 * the schedule is used up. The caller keeps five minutes between two queries besides.
 */
export function slotAfter(minutes: readonly number[], queries: number): number | null {
  const minute = minutes[queries]
  return minute === undefined ? null : minute * 60 + slot_margin_s
}

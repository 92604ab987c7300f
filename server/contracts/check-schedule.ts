import { info_pause_s } from './info-slots.ts'

/** Minutes between questions that got no answer; after the last a person looks. */
const gaps_minutes = [5, 10, 30, 60, 120, 240, 480]

/** Seconds until the next question after `checks` unanswered ones, or null when a person has to look. */
export function nextCheckIn(checks: number): number | null {
  const minutes = gaps_minutes[checks]
  return minutes === undefined ? null : Math.max(minutes * 60, info_pause_s)
}

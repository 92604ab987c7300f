import type { Clock } from '../kernel/clock.ts'

const hour_ms = 3_600_000

/** Whether an alarm of a kind is due: once an hour for each kind, in this process. */
export function createHourlyAlarm(clock: Clock): (kind: string) => boolean {
  const raised = new Map<string, number>()
  return (kind) => {
    const now_ms = clock.now().getTime()
    if (now_ms - (raised.get(kind) ?? -Infinity) < hour_ms) return false
    raised.set(kind, now_ms)
    return true
  }
}

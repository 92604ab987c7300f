import { least_gap_minutes, slot_lasts_s } from '../kernel/query-schedule.ts'
import type { Settings } from '../settings.ts'
import type { Pace } from './query-slots.ts'
import { send_within_ms } from './send-gate.ts'

/** Requests with money in them that are under way at once; more wait their turn. */
export const sends_at_once = 48

/** A request has ended at the latest when it could no longer begin and its answer could no longer come. */
export const paceOf = (
  settings: Pick<Settings, 'query_schedule_minutes' | 'queries_per_minute' | 'unionpay_timeout_ms'>,
): Pace => ({
  schedule_minutes: settings.query_schedule_minutes,
  queries_per_minute: settings.queries_per_minute,
  ended_after_s: Math.ceil((send_within_ms + settings.unionpay_timeout_ms) / 1000) + 5,
  gap_s: least_gap_minutes * 60 + slot_lasts_s + Math.ceil(settings.unionpay_timeout_ms / 1000) + 1,
})

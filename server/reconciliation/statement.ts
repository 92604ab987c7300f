import type { StatementState } from './states.ts'

/** The statement of one clearing day and merchant number: one row of `statements`. */
export type Statement = {
  id: string
  merchant_no: string
  day: string
  state: StatementState
  problem: string | null
  due_at: Date | null
  give_up_at: Date
  attempts: number
  digest: string | null
  bytes: number | null
  issues: number
  lines: number | null
  charged_fen: number | null
  returned_fen: number | null
  fee_fen: number | null
  settled_orders: number
  breaks_found: number
  fetched_at: Date | null
  reconciled_at: Date | null
}

/** What a file's lines come to. Fees as a positive number that UnionPay keeps. */
export type Totals = { lines: number; charged_fen: number; returned_fen: number; fee_fen: number }

const beijing_offset_ms = 8 * 3_600_000
const minute_ms = 60_000
const day_ms = 86_400_000
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const beijing = (day: string, time: string): Date =>
  new Date(Date.parse(day) - beijing_offset_ms + minutesOf(time) * minute_ms)

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * day_ms).toISOString().slice(0, 10)

/** The first instant of a clearing day and the first after it; it ends at `ends` (ACP §7.1). */
export const boundsOf = (day: string, ends: string): { from: Date; to: Date } => ({
  from: beijing(addDays(day, -1), ends),
  to: beijing(day, ends),
})

/** From when on UnionPay has the statement of a day: the next morning (ACP §7.2). */
export const fetchAt = (day: string, statement_at: string): Date =>
  beijing(addDays(day, 1), statement_at)

/** The last clearing day whose statement can be had at `now`. */
export function lastFetchable(now: Date, statement_at: string): string {
  return new Date(now.getTime() + beijing_offset_ms - minutesOf(statement_at) * minute_ms - day_ms)
    .toISOString()
    .slice(0, 10)
}

/**
 * Patience with a statement that is late, seconds until the next asking: often at first, then every
 * two hours.
 */
export const retryAfter_s = (attempts: number): number => Math.min(attempts * 10, 120) * 60

/** A statement that never came is given up, and an alarm is raised. */
export const patience_s = 72 * 3600

/** One that was compared is fetched once more a day later: UnionPay may have issued another. */
export const recheck_after_s = 24 * 3600

/** Days further back are only fetched by hand. */
export const planned_days = 7

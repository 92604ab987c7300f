const beijingOffsetMs = 8 * 3_600_000
const dayMs = 86_400_000

/** The Beijing day of an instant, `YYYY-MM-DD`: daily limits use it. */
export const beijingDay = (instant_ms: number): string =>
  new Date(instant_ms + beijingOffsetMs).toISOString().slice(0, 10)

/**
 * The clearing day of an instant. It ends at `ends` (`HH:MM`, Beijing); later instants belong to
 * the next day (acp-gateway §7.1).
 */
export function clearingDay(instant_ms: number, ends: string): string {
  const [hours = 0, minutes = 0] = ends.split(':').map(Number)
  return beijingDay(instant_ms + dayMs - (hours * 60 + minutes) * 60_000)
}

/** settleDate: MMDD, without a year. */
export const settleDate = (clearing_day: string): string => clearing_day.slice(5).replace('-', '')

/** The instant of a Beijing txnTime `YYYYMMDDhhmmss`; NaN for a date that does not exist. */
export function instantOf(txn_time: string): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(txn_time) ?? []
  const instant = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`)
  return beijingDay(instant || 0) === `${year}-${month}-${day}` ? instant : Number.NaN
}

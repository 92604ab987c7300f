/**
 * UnionPay writes Beijing time as `yyyyMMddHHmmss` or `yyyy-MM-dd HH:mm:ss` (open platform §5.2,
 * §6.1); both are read. Returns null for anything else, including impossible dates.
 */
export function readBeijingTime(text: unknown): Date | null {
  if (typeof text !== 'string') return null
  const parts = /^(\d{4})-?(\d{2})-?(\d{2})[ T]?(\d{2}):?(\d{2}):?(\d{2})$/.exec(text.trim())
  if (!parts) return null
  const [, year, month, day, hour, minute, second] = parts.map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const utc = Date.UTC(year, month - 1, day, hour - 8, minute, second)
  const back = new Date(utc + 8 * 3_600_000)
  const same =
    back.getUTCMonth() === month - 1 &&
    back.getUTCDate() === day &&
    back.getUTCHours() === hour &&
    back.getUTCMinutes() === minute
  return same && second < 60 ? new Date(utc) : null
}

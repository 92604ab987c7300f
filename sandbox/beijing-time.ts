/**
 * Beijing time `yyyy-MM-dd HH:mm:ss`: relieve answers and notifications (open platform §5.2, §6.1).
 */
export function beijingTime(instant: Date): string {
  return new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

/** Beijing time `yyyyMMddHHmmss`: apply answers (§5.2). */
export const compactBeijingTime = (instant: Date): string => beijingTime(instant).replace(/\D/g, '')

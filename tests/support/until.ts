import { setTimeout as wait } from 'node:timers/promises'
import { fact_within_ms } from './time-limits.ts'

/**
 * Waits for a condition: calls `look` repeatedly until it returns something other than undefined,
 * null or false. Throws, naming the condition, after `limit_ms`.
 */
export async function until<T>(
  fact: string,
  look: () => Promise<T> | T,
  limit_ms = fact_within_ms,
): Promise<NonNullable<T>> {
  const end = performance.now() + limit_ms
  for (;;) {
    const seen = await look()
    if (seen !== undefined && seen !== null && seen !== false) return seen
    if (performance.now() > end) throw new Error(`did not come true in ${limit_ms} ms: ${fact}`)
    await wait(20)
  }
}

import type { StoredValues } from './store/stored-values.ts'

/**
 * Real time plus an offset that survives a restart. Everything time-dependent in the sandbox reads
 * this clock.
 */
export type SandboxClock = {
  now(): Date
  nowMs(): number
  offsetMs(): number
  /** False, and nothing changes, when time would go back or leave the range of a date. */
  advance(by_ms: number): boolean
  setTo(instant: Date): boolean
  backToReal(): void
  /** how often a client that follows this clock has read it */
  timesRead(): number
  noteRead(): void
}

const stored_as = 'clock_offset_ms'
const maxOffsetMs = 20 * 366 * 86_400_000

/**
 * `real`: the time the offset is added to, in milliseconds since 1970; a simulation passes its own.
 */
export function createClock(values: StoredValues, real: () => number = Date.now): SandboxClock {
  let offset = Number(values.read(stored_as) ?? 0)
  let reads = 0
  const keep = (next: number): void => {
    values.write(stored_as, String(next))
    offset = next
  }
  const nowMs = (): number => real() + offset
  const advance = (by_ms: number): boolean => {
    if (!Number.isSafeInteger(by_ms) || by_ms < 0 || offset + by_ms > maxOffsetMs) return false
    keep(offset + by_ms)
    return true
  }
  return {
    now: () => new Date(nowMs()),
    nowMs,
    offsetMs: () => offset,
    advance,
    setTo: (instant) => advance(instant.getTime() - nowMs()),
    backToReal: () => keep(0),
    timesRead: () => reads,
    noteRead: () => void (reads += 1),
  }
}

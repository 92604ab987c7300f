/**
 * Two clocks. `real` is the machine's: sessions, tickets and TLS live by it. `business` is what
 * pacing, signatures and days live by; in sandbox it runs ahead of `real` by the sandbox's offset,
 * elsewhere they are the same.
 */
export type Clock = { now(): Date }

export const realClock: Clock = { now: () => new Date() }

export type FollowingClock = Clock & { offsetMs(): number; followOffset(offsetMs: number): boolean }

/** A clock ahead of `real` by an offset that is only ever raised: business time never goes back. */
export function createFollowingClock(real: Clock): FollowingClock {
  let offset = 0
  return {
    now: () => new Date(real.now().getTime() + offset),
    offsetMs: () => offset,
    followOffset(offsetMs) {
      if (!Number.isSafeInteger(offsetMs) || offsetMs <= offset) return false
      offset = offsetMs
      return true
    },
  }
}

/** Whole seconds since 1970, the form UnionPay signs (open platform §2.1). */
export const unixSeconds = (clock: Clock): string =>
  String(Math.floor(clock.now().getTime() / 1000))

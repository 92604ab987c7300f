/**
 * The `resp` codes of the open platform (open platform §9) that can answer our calls. `refused`:
 * definitely not done. `token`: the backendToken is gone, get another and try once more. A code
 * that is not here leaves the outcome unknown.
 */
type Meaning = { kind: 'refused' | 'token' | 'unknown'; means: string }

const table: Record<string, Meaning> = {
  a10: {
    kind: 'token',
    means: 'backendToken wrong or expired; another system with this appId may have asked for one',
  },
  N62127: { kind: 'token', means: 'backendToken not in cache' },
  // Sources disagree whether accessToken or backendToken is meant: a new backendToken once, then
  // authorise again (§5.6).
  BC2127: { kind: 'token', means: 'accessToken or backendToken not in cache' },
  a20: { kind: 'refused', means: 'frontToken wrong or expired' },
  a31: {
    kind: 'refused',
    means: 'authorisation code wrong, used or expired; look for blanks or escapes in it',
  },
  a40: { kind: 'refused', means: 'already signed' },
  '3023': { kind: 'refused', means: 'user does not exist' },
  '99': { kind: 'refused', means: 'user not verified (未实名)' },
  BC0024: {
    kind: 'refused',
    means: 'illegal request: no right, timestamp more than 5 minutes off, or unsafe domain',
  },
  SG0024: {
    kind: 'refused',
    means: 'illegal request: domain, throttling, older than 5 minutes, secret or white list',
  },
  N60024: { kind: 'refused', means: 'illegal request; timestamp must be seconds, Beijing time' },
  S5002: { kind: 'refused', means: 'illegal request; timestamp must be seconds, Beijing time' },
  BC0025: { kind: 'refused', means: 'signature check failed' },
  N60025: { kind: 'refused', means: 'signature check failed' },
  SG0025: { kind: 'refused', means: 'signature check failed' },
  SG0001: { kind: 'refused', means: 'parameter not legal' },
  BC2126: { kind: 'refused', means: 'appId unknown' },
  N62126: { kind: 'refused', means: 'appId unknown' },
  N62131: { kind: 'refused', means: 'no right to this interface' },
  S52131: { kind: 'refused', means: 'no right to this interface' },
  N62132: { kind: 'refused', means: 'redirect domain differs from the registered one' },
  BC2132: { kind: 'refused', means: 'redirect domain differs from the registered one' },
  BC2133: { kind: 'refused', means: 'merchant data error; check appId and planId' },
  N62133: { kind: 'refused', means: 'merchant data error; check appId and planId' },
  N62137: { kind: 'refused', means: 'contract merchant data error; check appId and planId' },
  N62197: { kind: 'refused', means: 'scope wrong for the capability packages of the app' },
  BC2209: { kind: 'refused', means: 'openId not legal' },
  BC2214: { kind: 'refused', means: 'business field not legal' },
  N60005: { kind: 'refused', means: 'internal user id empty' },
  SG99: { kind: 'unknown', means: 'system error at UnionPay' },
  NG4000: { kind: 'unknown', means: 'system error at UnionPay' },
}

/** N62100 – N62130 say that one named field is empty or wrong: nothing was done. */
const fieldProblem = /^N621(0\d|1\d|2\d|30)$/

/** Meaning of a code, or null when it is not listed. */
export function meaningOf(code: string): Meaning | null {
  return (
    table[code] ??
    (fieldProblem.test(code) ? { kind: 'refused', means: 'a field is empty or wrong' } : null)
  )
}

/**
 * Whether a return address's errorcode names a technical fault; anything else may be the person's
 * own refusal (§3.3).
 */
export const isTechnicalFault = (code: string): boolean => meaningOf(code) !== null

import type { ErrorCode } from '../../server/api.ts'

/**
 * What can go wrong on the way, beside what the server says. Each says no more than the page knows: the phone has no network ·
 * nothing answered although it says it has one · a gateway's failure in place of our server's answer · a web page that came as a
 * success · any other answer that is not ours · nothing in time.
 */
export type WayFault =
  | 'offline'
  | 'unreachable'
  | 'server_down'
  | 'portal'
  | 'unreadable'
  | 'timeout'

export type FaultCode = ErrorCode | WayFault

/** What became of what was asked: it was only read, it was refused, or it may have taken effect. Nothing that a page asks is a charge. */
export type Effect = 'read' | 'refused' | 'unknown'

export type Fault = { code: FaultCode; request_id: string | null; effect: Effect }

/** The one result of every call to the server. */
export type ApiResult<T> = { ok: true; value: T } | { ok: false; fault: Fault }

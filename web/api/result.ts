import type { ErrorCode } from '../../server/api.ts'

/**
 * Faults between the page and the server. Each claims no more than the page knows.
 * - `offline`: the phone has no network
 * - `unreachable`: nothing answered, although the phone has a network
 * - `server_down`: a gateway answered with a failure in place of our server
 * - `portal`: a web page came with a success status, as from a captive portal
 * - `unreadable`: any other response that is not ours
 * - `timeout`: no response in time
 */
export type NetworkFault =
  | 'offline'
  | 'unreachable'
  | 'server_down'
  | 'portal'
  | 'unreadable'
  | 'timeout'

export type FaultCode = ErrorCode | NetworkFault

/**
 * The effect of a failed request: it only read, it was refused, or it may have taken effect. No
 * request of a page is a charge.
 */
export type Effect = 'read' | 'refused' | 'unknown'

export type Fault = { code: FaultCode; request_id: string | null; effect: Effect }

/** The result of every request to the server. */
export type ApiResult<T> = { ok: true; value: T } | { ok: false; fault: Fault }

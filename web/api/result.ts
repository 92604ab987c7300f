import type { ErrorCode } from '../../server/api.ts'

/** What can go wrong on the way, beside what the server says. */
export type WayFault = 'offline' | 'timeout' | 'unreadable'

export type FaultCode = ErrorCode | WayFault

export type Fault = { code: FaultCode; request_id: string | null }

/** The one result of every call to the server. */
export type ApiResult<T> = { ok: true; value: T } | { ok: false; fault: Fault }

import type { Fault } from '../api/result.ts'

/** The picture of a fault: a broken connection where the connection may be the cause, and only there. */
export const markOf = ({ code }: Fault): 'offline' | 'failed' =>
  ['offline', 'unreachable', 'portal'].includes(code) ? 'offline' : 'failed'

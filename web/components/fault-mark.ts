import type { Fault } from '../api/result.ts'

/** The icon of a fault: `offline` only where the connection may be the cause. */
export const markOf = ({ code }: Fault): 'offline' | 'failed' =>
  ['offline', 'unreachable', 'portal'].includes(code) ? 'offline' : 'failed'

/** Whose trace a request belongs to, and below which span: 32 and 16 hexadecimal digits. */
export type TraceParent = { trace_id: string; span_id: string; sampled: boolean }

/**
 * Reads a W3C `traceparent` header (Trace Context, level 2, §3.2); null where it is not one. Ids
 * are not all zero. Later versions may append fields behind a dash; version ff is never valid.
 */
export function readTraceParent(header: string | string[] | undefined): TraceParent | null {
  if (typeof header !== 'string') return null
  const [, version, trace_id, span_id, flags = '00', more] =
    /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/.exec(header) ?? []
  if (!trace_id || !span_id || version === 'ff' || (version === '00' && more !== undefined))
    return null
  if (/^0+$/.test(trace_id) || /^0+$/.test(span_id)) return null
  return { trace_id, span_id, sampled: (Number.parseInt(flags, 16) & 1) === 1 }
}

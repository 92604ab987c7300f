/**
 * The trace id of a W3C `traceparent` header (Trace Context, level 2, §3.2), or null where it is not one: 32 hexadecimal digits, not all
 * zero. Later versions may append fields behind a dash; version ff is never valid.
 */
export function traceIdOf(header: string | string[] | undefined): string | null {
  if (typeof header !== 'string') return null
  const [, version, trace_id, parent_id, more] = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/.exec(header) ?? []
  if (!trace_id || !parent_id || version === 'ff' || (version === '00' && more !== undefined)) return null
  return /^0+$/.test(trace_id) || /^0+$/.test(parent_id) ? null : trace_id
}

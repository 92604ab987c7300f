/**
 * One interface of the open platform: how its request is made and its answer read. A file in
 * `operations/` each; `operations/index.ts` is the list the protocol test walks.
 */
export type Operation<Input, Value> = {
  interface: string
  /**
   * which shared token the body carries; the token itself is added by the caller of the operation
   */
  token: 'backendToken' | null
  body(input: Input): Record<string, string>
  /** the value, or null when the answer lacks what it must have: then the outcome is unknown */
  read(params: Record<string, unknown>): Value | null
}

/**
 * A field as text: UnionPay sends numbers and texts for the same field; empty counts as missing.
 */
export function text(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return typeof value === 'string' && value !== '' && value !== 'null' ? value : null
}

/** A count or number of seconds, as number or numeric text (open platform §2.1). */
export function wholeNumber(value: unknown): number | null {
  const found = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value
  return typeof found === 'number' && Number.isSafeInteger(found) && found >= 0 ? found : null
}

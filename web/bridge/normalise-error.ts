import type { BridgeError, BridgeResult } from './result.ts'

type Loose = Record<string, unknown>

function parseJson(text: string): unknown {
  const trimmed = text.trim()
  if (!trimmed.startsWith('{')) return text
  try {
    return JSON.parse(trimmed)
  } catch {
    return text
  }
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null

/**
 * Reads any of the wallet's error shapes (h5-bridge §4.2): `{errcode, errmsg}`, `{msg}`, `{msg}`
 * with JSON inside, `{code, msg}`, `{code, desc}`, a plain string that may be JSON, or nothing.
 */
export function normaliseError(value: unknown): BridgeError {
  const shape = typeof value === 'string' ? parseJson(value) : value
  if (typeof shape === 'string') return { code: null, message: shape }
  if (typeof shape !== 'object' || shape === null) return { code: null, message: '' }
  const { errcode, errmsg, code, msg, desc } = shape as Loose
  if (typeof msg === 'string') {
    const inner = parseJson(msg)
    if (typeof inner === 'object' && inner !== null) return normaliseError(inner)
  }
  return {
    code: textOf(errcode) ?? textOf(code),
    message: textOf(errmsg) ?? textOf(msg) ?? textOf(desc) ?? '',
  }
}

/**
 * `failed`, or `cancelled` where the text says so: no code distinguishes a cancel from a failure.
 */
export function failure(value: unknown): BridgeResult<never> {
  const error = normaliseError(value)
  return { outcome: /取消|cancel/i.test(error.message) ? 'cancelled' : 'failed', error }
}

/** Reads a success value: Android passes JSON text where iOS passes an object. */
export function normaliseValue(value: unknown): unknown {
  return typeof value === 'string' ? parseJson(value) : value
}

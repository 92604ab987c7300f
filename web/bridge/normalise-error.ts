import type { BridgeError, BridgeResult } from './result.ts'

type Loose = Record<string, unknown>

function parsed(text: string): unknown {
  const trimmed = text.trim()
  if (!trimmed.startsWith('{')) return text
  try {
    return JSON.parse(trimmed)
  } catch {
    return text
  }
}

const word = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null

/**
 * Any of the wallet's error shapes (h5-bridge §4.2): {errcode, errmsg} · {msg} · {msg} with JSON inside ·
 * {code, msg} or {code, desc} · a plain string, itself perhaps JSON · nothing at all.
 */
export function normaliseError(value: unknown): BridgeError {
  const shape = typeof value === 'string' ? parsed(value) : value
  if (typeof shape === 'string') return { code: null, message: shape }
  if (typeof shape !== 'object' || shape === null) return { code: null, message: '' }
  const { errcode, errmsg, code, msg, desc } = shape as Loose
  if (typeof msg === 'string') {
    const inner = parsed(msg)
    if (typeof inner === 'object' && inner !== null) return normaliseError(inner)
  }
  return {
    code: word(errcode) ?? word(code),
    message: word(errmsg) ?? word(msg) ?? word(desc) ?? '',
  }
}

/** Failed, unless the text says that the person chose so: no code tells a cancel from a failure. */
export function failure(value: unknown): BridgeResult<never> {
  const error = normaliseError(value)
  return { outcome: /取消|cancel/i.test(error.message) ? 'cancelled' : 'failed', error }
}

/** A success value: Android hands over JSON text where iOS hands over an object. */
export function normaliseValue(value: unknown): unknown {
  return typeof value === 'string' ? parsed(value) : value
}

import { errors, type ErrorCode } from './error-codes.ts'
import type { ErrorView } from './api.ts'

/**
 * A rule of ours said no: the caller can read why and act. Anything else that is thrown is a bug.
 */
export class Refusal extends Error {
  readonly code: ErrorCode
  readonly fields: ErrorView['fields']
  constructor(code: ErrorCode, fields?: ErrorView['fields']) {
    super(errors[code][1])
    this.name = 'Refusal'
    this.code = code
    this.fields = fields
  }
}

/** The answer for a code: HTTP status and body. */
export function errorAnswer(
  code: ErrorCode,
  request_id: string,
  fields?: ErrorView['fields'],
): [number, ErrorView] {
  const [status, message, what_to_do] = errors[code]
  return [status, { code, message, what_to_do, request_id, ...(fields ? { fields } : {}) }]
}

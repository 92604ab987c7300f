import { errorAnswer, Refusal } from './errors.ts'
import type { ErrorCode, ErrorView } from './api.ts'
import type { Server } from './http-types.ts'
import { isDatabaseLost } from './storage/lost.ts'
import { isWaitedInVain } from './storage/pool.ts'

type Invalid = {
  validation?: { instancePath: string; message?: string; params?: Record<string, unknown> }[]
  statusCode?: number
  code?: string
}

/** The code a request was refused with, for its one line in the log. */
const refusals = new WeakMap<object, ErrorCode>()
export const refusalOf = (request: { raw: object }): ErrorCode | undefined =>
  refusals.get(request.raw)

/**
 * Turns whatever is thrown into one shape with a stable code. A bug is loud in the log and silent
 * outside.
 */
export function answerErrors(server: Server): void {
  server.setErrorHandler((error: Error & Invalid, request, reply) => {
    const [code, fields] = read(error)
    const [status, body] = errorAnswer(code, request.id, fields)
    // a refusal has its one line like any other, also when there are thousands of them
    if (status >= 500 && !(error instanceof Refusal))
      request.log.error({ err: error, code }, 'request failed')
    refusals.set(request.raw, code)
    return reply.status(status).header('cache-control', 'no-store').send(body)
  })
  server.setNotFoundHandler((request, reply) => {
    const [status, body] = errorAnswer('not_found', request.id)
    return reply.status(status).send(body)
  })
}

function read(error: Error & Invalid): [ErrorCode, ErrorView['fields']] {
  if (error instanceof Refusal) return [error.code, error.fields]
  if (isWaitedInVain(error)) return ['overloaded', undefined]
  if (isDatabaseLost(error)) return ['database_lost', undefined]
  if (error.validation) return ['bad_request', error.validation.map(problemOf)]
  if (error.statusCode === 413) return ['body_too_large', undefined]
  if (error.statusCode === 429) return ['rate_limited', undefined]
  if (error.statusCode && error.statusCode < 500) return ['bad_request', undefined]
  return ['internal', undefined]
}

function problemOf(found: NonNullable<Invalid['validation']>[number]): {
  path: string
  problem: string
} {
  const extra = found.params?.additionalProperty
  const missing = found.params?.missingProperty
  const named = typeof extra === 'string' ? extra : typeof missing === 'string' ? missing : ''
  const path = [found.instancePath.replace(/^\//, ''), named]
    .filter((part) => part !== '')
    .join('/')
  return {
    path,
    problem: typeof extra === 'string' ? 'unknown field' : (found.message ?? 'not valid'),
  }
}

import type { KeyObject } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../errors.ts'
import type { Server } from '../http-types.ts'
import type { ContractsContext } from '../contracts/context.ts'
import { readTerminationNotice } from '../unionpay/notice.ts'
import { receiveTermination } from './receive-termination.ts'
import { terminationByForm, terminationByQuery } from './route-schemas.ts'

export type NotificationRoutes = {
  context: ContractsContext
  notice_keys: readonly KeyObject[]
  app_id: string
  /** called for a notification that does not verify; tells whether this address has sent too many of them */
  countFailure(request: FastifyRequest): Promise<boolean>
  /** told of each, for metrics */
  onNotification(kind: 'termination', verdict: string): void
}

const most_bytes = 16 * 1024

/**
 * 解约通知: GET with a query or POST with a form, whichever UnionPay uses (open platform §6.1). Verified over the raw text
 * before anything else; `{"resp":"00"}` only after the commit. Never limited in rate unless it fails to verify.
 */
export function notificationRoutes(server: Server, routes: NotificationRoutes): void {
  const { context } = routes
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: most_bytes },
      (_request, body, done) => done(null, body),
    )
    const options = { config: { rateLimit: false as const } }
    scope.get(
      '/notify/termination',
      { ...options, schema: terminationByQuery },
      async (request, reply) => receive(request, reply, queryOf(request)),
    )
    scope.post(
      '/notify/termination',
      { ...options, schema: terminationByForm, bodyLimit: most_bytes },
      async (request, reply) =>
        receive(
          request,
          reply,
          typeof request.body === 'string' && request.body !== '' ? request.body : queryOf(request),
        ),
    )
  })

  const receive = async (
    request: FastifyRequest,
    reply: FastifyReply,
    raw: string,
  ): Promise<{ resp: '00' }> => {
    void reply.header('cache-control', 'no-store')
    const reading = readTerminationNotice(raw, routes.notice_keys)
    if (reading.kind === 'invalid') return refuse(request, reading.why)
    if (reading.notice.app_id !== routes.app_id) return refuse(request, 'foreign_app_id')
    const outcome = await receiveTermination(context, reading)
    routes.onNotification('termination', outcome)
    const level =
      outcome === 'unknown_contract' ||
      outcome === 'several_fit' ||
      outcome === 'older_than_contract'
        ? 'warn'
        : 'info'
    request.log[level]({ outcome, fields: Object.keys(reading.fields) }, 'termination notice')
    return { resp: '00' }
  }

  const refuse = async (request: FastifyRequest, why: string): Promise<never> => {
    routes.onNotification('termination', 'refused')
    request.log.warn({ why }, 'termination notice refused')
    throw new Refusal(
      (await routes.countFailure(request)) ? 'rate_limited' : 'notification_invalid',
    )
  }
}

const queryOf = (request: FastifyRequest): string => {
  const url = request.raw.url ?? ''
  const cut = url.indexOf('?')
  return cut < 0 ? '' : url.slice(cut + 1)
}

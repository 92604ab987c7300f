import type { KeyObject } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Server } from '../http-types.ts'
import type { ContractsContext } from '../contracts/context.ts'
import { readTerminationNotice, type NoticeReading } from '../unionpay/notice.ts'
import { refusalOf, takeRawBodies } from './raw-body.ts'
import { receiveTermination, type NoticeOutcome } from './receive-termination.ts'
import { terminationByForm, terminationByQuery } from './route-schemas.ts'

export type NotificationRoutes = {
  context: ContractsContext
  notice_keys: readonly KeyObject[]
  app_id: string
  /**
   * called for a notification that does not verify; tells whether this address has sent too many of
   * them
   */
  countFailure(request: FastifyRequest): Promise<boolean>
  /** called for each, for metrics */
  onNotification(kind: 'termination', verdict: string): void
}

/** Outcomes after which contract.info is asked, since the notice ended nothing. */
const asked_instead: readonly NoticeOutcome[] = [
  'unknown_contract',
  'several_fit',
  'older_than_contract',
  'time_unreadable',
]

const most_bytes = 16 * 1024

/**
 * 解约通知: GET with a query or POST with a form, whichever UnionPay uses (open platform §6.1).
 * Verified over the raw text before anything else; `{"resp":"00"}` only after the commit. Never
 * limited in rate unless it fails to verify.
 */
export function notificationRoutes(server: Server, routes: NotificationRoutes): void {
  const { context } = routes
  void server.register(async (scope) => {
    const verify = takeRawBodies(scope, {
      most_bytes,
      onUnverified(request, why) {
        routes.onNotification('termination', 'unverified')
        request.log.warn({ why }, 'termination notice not verified')
      },
    })
    const read = (request: FastifyRequest): Promise<NoticeReading> =>
      verify(request, (body) =>
        readTerminationNotice(body.toString() || queryOf(request), routes.notice_keys),
      )
    const options = { config: { rateLimit: false as const } }
    scope.get(
      '/notify/termination',
      { ...options, schema: terminationByQuery },
      async (request, reply) => receive(request, reply, await read(request)),
    )
    scope.post(
      '/notify/termination',
      { ...options, schema: terminationByForm },
      async (request, reply) => receive(request, reply, await read(request)),
    )
  })

  const receive = async (
    request: FastifyRequest,
    reply: FastifyReply,
    reading: NoticeReading,
  ): Promise<{ resp: '00' }> => {
    void reply.header('cache-control', 'no-store')
    if (reading.kind === 'invalid') return refuse(request, reading.why)
    if (reading.notice.app_id !== routes.app_id) return refuse(request, 'foreign_app_id')
    const outcome = await receiveTermination(context, reading)
    routes.onNotification('termination', outcome)
    request.log[asked_instead.includes(outcome) ? 'warn' : 'info'](
      { outcome, fields: Object.keys(reading.fields) },
      'termination notice',
    )
    return { resp: '00' }
  }

  const refuse = async (request: FastifyRequest, why: string): Promise<never> => {
    routes.onNotification('termination', 'refused')
    request.log.warn({ why }, 'termination notice refused')
    throw await refusalOf(request, routes.countFailure)
  }
}

const queryOf = (request: FastifyRequest): string => {
  const url = request.raw.url ?? ''
  const cut = url.indexOf('?')
  return cut < 0 ? '' : url.slice(cut + 1)
}

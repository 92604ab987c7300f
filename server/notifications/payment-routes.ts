import type { FastifyRequest } from 'fastify'
import type { ChargesContext } from '../charges/context.ts'
import type { Server } from '../http-types.ts'
import { receivePayment, type SettleBatcher, type PaymentVerdict } from './receive-payment.ts'
import { refusalOf, takeRawBodies } from './raw-body.ts'
import { payment } from './route-schemas.ts'
import type { Clock } from '../kernel/clock.ts'

export type PaymentNotificationRoutes = {
  context: ChargesContext
  settleBatch: SettleBatcher
  /**
   * called for a notification that does not verify; tells whether this address has sent too many of
   * them
   */
  countFailure(request: FastifyRequest): Promise<boolean>
  /** called for each, for metrics */
  onNotification(kind: 'payment', verdict: string): void
}

const most_bytes = 64 * 1024

/** Verdicts that an operator has to read. */
const alarms: Partial<Record<PaymentVerdict, { alarm: string }>> = {
  unknown_order: { alarm: 'payment_of_unknown_order' },
  names_no_order: { alarm: 'payment_of_unknown_order' },
  refunded_elsewhere: { alarm: 'refunded_elsewhere' },
}

/**
 * 后台通知 of charges, refunds and cancels (ACP §5). The raw bytes of the body are verified before
 * anything else; headers and query parameters are ignored. 200 only after the commit, within the 10
 * seconds UnionPay waits. A valid one is never refused for rate.
 */
export function paymentNotificationRoutes(
  server: Server,
  { context, settleBatch, countFailure, onNotification }: PaymentNotificationRoutes,
): void {
  const isDue = createHourlyAlarm(context.clock)
  void server.register(async (scope) => {
    const verify = takeRawBodies(scope, {
      most_bytes,
      onUnverified(request, why) {
        onNotification('payment', 'unverified')
        request.log.warn({ why }, 'payment notification not verified')
      },
    })
    scope.post(
      '/notify/payment',
      { config: { rateLimit: false as const }, schema: payment },
      async (request, reply) => {
        void reply.header('cache-control', 'no-store').type('text/plain')
        const proved = await verify(request, context.payments.readNotification)
        if (proved.kind === 'invalid') {
          onNotification('payment', 'refused')
          request.log.warn(
            { why: proved.why, detail: proved.detail },
            'payment notification refused',
          )
          throw await refusalOf(request, countFailure)
        }
        const { verdict, order_id } = await receivePayment(context, settleBatch, proved)
        onNotification('payment', verdict)
        const unfit = proved.not_a_notification
        if (unfit && isDue(unfit.why))
          request.log.error(
            { outcome: verdict, order_id, ...unfit, alarm: 'not_a_payment_notification' },
            'a signed message that is no payment notification settled nothing',
          )
        const alarm = alarms[verdict]
        request.log[alarm ? 'error' : 'info'](
          { outcome: verdict, order_id, ...alarm },
          'payment notification',
        )
        return 'ok'
      },
    )
  })
}

const hour_ms = 3_600_000

/** Whether an alarm of a kind is due: once an hour for each kind, in this process. */
function createHourlyAlarm(clock: Clock): (kind: string) => boolean {
  const raised = new Map<string, number>()
  return (kind) => {
    const now_ms = clock.now().getTime()
    if (now_ms - (raised.get(kind) ?? -Infinity) < hour_ms) return false
    raised.set(kind, now_ms)
    return true
  }
}

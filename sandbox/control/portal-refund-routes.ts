import type { FastifyInstance } from 'fastify'
import { PortalRefundSchema, refundAtPortal, type PortalRefund } from '../gateway/portal-refund.ts'
import { orderView } from '../gateway/views.ts'
import type { Parts } from '../parts.ts'

/** Refunds made on UnionPay's merchant portal, without the merchant's server. */
export async function portalRefundRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  app.post<{ Body: PortalRefund }>(
    '/_control/gateway/portal-refunds',
    { schema: { body: PortalRefundSchema } },
    async (request, reply) => {
      const made = refundAtPortal(parts, request.body)
      if (!made)
        return reply
          .code(404)
          .send({ error: 'unknown_order', message: 'Name the order_id of a charge.' })
      return 'order' in made
        ? orderView(parts, made.order)
        : reply.code(409).send({ error: made.refusal.resp_code, message: made.refusal.resp_msg })
    },
  )
}

import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { ledger } from '../gateway/ledger.ts'
import { PaymentProbeSchema, sendPaymentProbe, type PaymentProbe } from '../gateway/probe.ts'
import { GatewayRuleSchema, type GatewayRule } from '../gateway/rules.ts'
import { gatewayView, orderView } from '../gateway/views.ts'
import type { Parts } from '../parts.ts'

const scriptLimit = 4 * 1024 * 1024 // a rule may list thousands of orders

const unknown = (what: string) => ({ error: `unknown_${what}`, message: `No such ${what} here.` })

/** The gateway's part of the control API: ledger, rules, notifications, referee. */
export async function gatewayControlRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  app.get('/_control/ledger', async () => ({ entries: ledger(parts) }))
  app.get('/_control/gateway', async () => gatewayView(parts))
  app.get<{ Querystring: { limit?: string } }>('/_control/gateway/orders', async (request) => ({
    orders: parts.orders
      .latest(Math.min(Number(request.query.limit) || 200, 10_000))
      .map((order) => orderView(parts, order)),
  }))
  app.get<{ Params: { order_id: string } }>(
    '/_control/gateway/orders/:order_id',
    async (request, reply) => {
      const [order] = parts.orders.named(request.params.order_id)
      return order ? orderView(parts, order) : reply.code(404).send(unknown('order'))
    },
  )

  app.get('/_control/gateway/notifications', async () => ({ notices: parts.payment_notices.all() }))
  app.post<{ Body: PaymentProbe }>(
    '/_control/gateway/notifications',
    { schema: { body: PaymentProbeSchema } },
    async (request, reply) =>
      (await sendPaymentProbe(parts, request.body)) ??
      reply.code(404).send({
        error: 'unknown_order',
        message: 'Name an order_id that exists here, or give fields and url.',
      }),
  )

  app.delete<{ Params: { merchant: string } }>(
    '/_control/gateway/offenders/:merchant',
    async (request, reply) =>
      parts.referee.forgive(request.params.merchant)
        ? gatewayView(parts)
        : reply.code(404).send(unknown('offender')),
  )
}

/**
 * Outcomes and faults that the gateway returns, in order; the first rule that matches a request
 * applies.
 */
export async function gatewayRuleRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  const list = () => ({ rules: parts.gateway_rules.all() })
  app.get('/_control/gateway/rules', async () => list())
  app.put<{ Body: GatewayRule[] }>(
    '/_control/gateway/rules',
    { bodyLimit: scriptLimit, schema: { body: Type.Array(GatewayRuleSchema, { maxItems: 200 }) } },
    async (request) => {
      parts.gateway_rules.replaceAll(request.body)
      return list()
    },
  )
  app.post<{ Body: GatewayRule }>(
    '/_control/gateway/rules',
    { bodyLimit: scriptLimit, schema: { body: GatewayRuleSchema } },
    async (request) => ({ id: parts.gateway_rules.add(request.body) }),
  )
  app.delete('/_control/gateway/rules', async () => {
    parts.gateway_rules.replaceAll([])
    return list()
  })
  app.delete<{ Params: { id: string } }>('/_control/gateway/rules/:id', async (request, reply) =>
    parts.gateway_rules.remove(request.params.id) ? list() : reply.code(404).send(unknown('rule')),
  )
}

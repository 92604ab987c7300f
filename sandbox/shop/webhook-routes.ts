import type { FastifyInstance } from 'fastify'
import type { Parts } from '../parts.ts'
import { callMerchant } from './merchant-server.ts'

const place = '/_pages/shop/webhooks'

/** The shop's back end hears webhooks of the merchant server: it subscribes as a merchant would, verifies, answers and lists them. */
export async function shopWebhookRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  const { shop_webhooks } = parts

  /** Adds its own address as an endpoint and keeps the secret; a second time changes nothing. */
  app.post(`${place}/subscription`, async (request, reply) => {
    if (shop_webhooks.secret() !== null) return { subscribed: true }
    const answer = await callMerchant(parts, 'addWebhookEndpoint', {
      body: { url: `http://${request.host}${place}` },
    })
    if (answer.status !== 201) return reply.code(answer.status).send(answer.body)
    shop_webhooks.keepSecret((answer.body as { secret: string }).secret)
    return { subscribed: true }
  })

  app.get(place, async () => ({
    subscribed: shop_webhooks.secret() !== null,
    webhooks: shop_webhooks.heard(),
  }))

  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    )
    scope.post<{ Body: string }>(place, async (request, reply) => {
      if (!shop_webhooks.verify(request.headers, request.body))
        return reply
          .code(401)
          .send({ error: 'not_signed', message: 'This webhook does not verify.' })
      const event = JSON.parse(request.body) as { type: string; data: unknown }
      shop_webhooks.hear(String(request.headers['webhook-id']), event)
      parts.journal.add({
        direction: 'in',
        kind: 'shop',
        summary: `接入方后台收到 ${event.type}`,
        request: { method: 'POST', url: request.url, headers: request.headers, body: event },
        response: { status: 204, body: null },
      })
      return reply.code(204).send()
    })
  })
}

import type { FastifyInstance } from 'fastify'
import { callMerchant } from './merchant-server.ts'
import type { Shop } from './shop.ts'
import { createShopWebhooks } from './webhooks.ts'

const place = '/_pages/shop/webhooks'

/**
 * The shop's back end hears webhooks of the merchant server: it subscribes as a merchant would,
 * verifies, answers and lists them.
 */
export async function shopWebhookRoutes(app: FastifyInstance, shop: Shop): Promise<void> {
  const webhooks = createShopWebhooks(shop)

  /** Adds its own address as an endpoint and keeps the secret; a second time changes nothing. */
  app.post(`${place}/subscription`, async (request, reply) => {
    if (webhooks.secret() !== null) return { subscribed: true }
    const answer = await callMerchant(shop, (merchant) =>
      merchant.POST('/v1/webhook-endpoints', { body: { url: `http://${request.host}${place}` } }),
    )
    if (answer.status !== 201) return reply.code(answer.status).send(answer.body)
    webhooks.keepSecret((answer.body as { secret: string }).secret)
    return { subscribed: true }
  })

  app.get(place, async () => ({
    subscribed: webhooks.secret() !== null,
    webhooks: webhooks.heard(),
  }))

  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    )
    scope.post<{ Body: string }>(place, async (request, reply) => {
      if (!webhooks.verify(request.headers, request.body))
        return reply
          .code(401)
          .send({ error: 'not_signed', message: 'This webhook does not verify.' })
      const event = JSON.parse(request.body) as { type: string; data: unknown }
      webhooks.hear(String(request.headers['webhook-id']), event)
      shop.log({
        direction: 'in',
        summary: `接入方后台收到 ${event.type}`,
        request: { method: 'POST', url: request.url, headers: request.headers, body: event },
        response: { status: 204, body: null },
      })
      return reply.code(204).send()
    })
  })
}

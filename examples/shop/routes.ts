import type { FastifyInstance, FastifyReply } from 'fastify'
import { BuySchema, buy, requestRefund, productViews, RefundSchema, type Buy } from './buy.ts'
import { askMerchant, type ShopAnswer } from './merchant-server.ts'
import { announce, readRenewal, RenewSchema, type Renew } from './renewals.ts'
import type { Shop } from './shop.ts'

const pass = (reply: FastifyReply, answer: ShopAnswer): FastifyReply =>
  reply.code(answer.status).send(answer.body)

/**
 * The shop page: things to buy, charged through the merchant server's /v1 as a merchant's back end
 * would.
 */
export async function shopRoutes(app: FastifyInstance, shop: Shop): Promise<void> {
  app.get('/_pages/shop/products', async (request) => ({
    products: productViews(shop, request),
  }))
  app.post<{ Body: Buy }>(
    '/_pages/shop/buy',
    { schema: { body: BuySchema } },
    async (request, reply) => pass(reply, await buy(shop, request, request.body)),
  )
  app.get<{ Params: { id: string } }>('/_pages/shop/renewals/:id', async (request, reply) =>
    pass(reply, await readRenewal(shop, request, request.params.id)),
  )
  app.post<{ Params: { id: string }; Body: Renew }>(
    '/_pages/shop/renewals/:id',
    { schema: { body: RenewSchema } },
    async (request, reply) =>
      pass(reply, await announce(shop, request, request.params.id, request.body)),
  )
  app.get<{ Params: { id: string } }>('/_pages/shop/charges/:id', async (request, reply) =>
    pass(
      reply,
      await askMerchant(shop, (merchant) =>
        merchant.GET('/v1/charges/{order_id}', {
          params: { path: { order_id: request.params.id } },
        }),
      ),
    ),
  )
  app.post<{ Params: { id: string }; Body: { amount_fen?: number } }>(
    '/_pages/shop/charges/:id/refunds',
    { schema: { body: RefundSchema } },
    async (request, reply) =>
      pass(reply, await requestRefund(shop, request.params.id, request.body)),
  )
}

import type { FastifyInstance, FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { callMerchant, type ShopAnswer } from './merchant-server.ts'
import type { Shop } from './shop.ts'

const closed = { additionalProperties: false }
const id = Type.String({ minLength: 1, maxLength: 128 })
const StartSchema = Type.Object(
  { user_id: id, plan_id: id, display_name: Type.Optional(Type.String({ maxLength: 64 })) },
  closed,
)
const CompleteSchema = Type.Object(
  { signing_id: id, code: Type.String({ maxLength: 256 }) },
  closed,
)

const pass = (reply: FastifyReply, answer: ShopAnswer): FastifyReply =>
  reply.code(answer.status).send(answer.body)

/** The back end of the shop's own app, which signs through UnionPay's SDK. */
export async function nativeAppRoutes(app: FastifyInstance, shop: Shop): Promise<void> {
  app.get('/_pages/native/plans', async (_request, reply) =>
    pass(reply, await callMerchant(shop, (merchant) => merchant.GET('/v1/plans'))),
  )

  app.post<{ Body: { user_id: string; plan_id: string; display_name?: string } }>(
    '/_pages/native/start',
    { schema: { body: StartSchema } },
    async (request, reply) =>
      pass(
        reply,
        await callMerchant(shop, (merchant) =>
          merchant.POST('/v1/signings', { body: request.body }),
        ),
      ),
  )

  app.post<{ Body: { signing_id: string; code: string } }>(
    '/_pages/native/complete',
    { schema: { body: CompleteSchema } },
    async (request, reply) =>
      pass(
        reply,
        await callMerchant(shop, (merchant) =>
          merchant.POST('/v1/signings/{id}/complete', {
            params: { path: { id: request.body.signing_id } },
            body: { code: request.body.code },
          }),
        ),
      ),
  )

  app.get<{ Params: { id: string } }>('/_pages/native/signings/:id', async (request, reply) =>
    pass(
      reply,
      await callMerchant(shop, (merchant) =>
        merchant.GET('/v1/signings/{id}', { params: { path: { id: request.params.id } } }),
      ),
    ),
  )

  app.get<{ Querystring: { user_id?: string } }>(
    '/_pages/native/contracts',
    async (request, reply) =>
      pass(
        reply,
        await callMerchant(shop, (merchant) =>
          merchant.GET('/v1/contracts', {
            params: { query: { user_id: request.query.user_id ?? '' } },
          }),
        ),
      ),
  )

  app.post<{ Params: { id: string } }>(
    '/_pages/native/contracts/:id/terminate',
    async (request, reply) =>
      pass(
        reply,
        await callMerchant(shop, (merchant) =>
          merchant.POST('/v1/contracts/{id}/terminate', {
            params: { path: { id: request.params.id } },
          }),
        ),
      ),
  )
}

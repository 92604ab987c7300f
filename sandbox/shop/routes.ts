import type { FastifyInstance, FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { Parts } from '../parts.ts'
import { signingPageOf } from '../wallet/signing-page.ts'
import { whoseWallet } from '../wallet/whose-wallet.ts'
import { BuySchema, buy, giveBack, productViews, RefundSchema, type Buy } from './buy.ts'
import { askMerchant, callMerchant, type ShopAnswer } from './merchant-server.ts'
import { announce, readRenewal, RenewSchema, type Renew } from './renewals.ts'
import { SdkSignSchema, sdkSign, type SdkSign } from './sdk-sign.ts'

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

/** The pretend native app: its SDK, and its back end that talks to the merchant server's /v1. */
export async function shopRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  app.get('/_pages/native/plans', async (_request, reply) =>
    pass(reply, await callMerchant(parts, 'listPlans', {})),
  )

  app.post<{ Body: { user_id: string; plan_id: string; display_name?: string } }>(
    '/_pages/native/start',
    { schema: { body: StartSchema } },
    async (request, reply) =>
      pass(reply, await callMerchant(parts, 'startSdkSigning', { body: request.body })),
  )

  app.get<{ Querystring: { plan_id?: string } }>(
    '/_pages/native/sdk-page',
    async (request, reply) => {
      const template = parts.templates.get(request.query.plan_id ?? '')
      if (!template)
        return reply.code(404).send({
          ok: false,
          errorcode: 'BC2133',
          errmsg: '商户数据错误，请检查 appId、planId[BC2133]',
          redirect: null,
        })
      return { ok: true, page: signingPageOf(parts, whoseWallet(parts, request), template) }
    },
  )

  app.post<{ Body: SdkSign }>(
    '/_pages/native/sdk-sign',
    { schema: { body: SdkSignSchema } },
    async (request) => {
      const user = whoseWallet(parts, request)
      const answer = sdkSign(parts, user, request.body)
      parts.journal.add({
        direction: 'page',
        kind: 'sdk',
        user_id: user.user_id,
        summary: `SDK 签约：${request.body.decision} → ${'code' in answer ? 'code' : '无 code'}`,
        request: { method: 'POST', url: request.url, body: request.body },
        response: { status: 200, body: answer },
      })
      return answer
    },
  )

  app.post<{ Body: { signing_id: string; code: string } }>(
    '/_pages/native/complete',
    { schema: { body: CompleteSchema } },
    async (request, reply) =>
      pass(
        reply,
        await callMerchant(parts, 'completeSdkSigning', {
          path: { id: request.body.signing_id },
          body: { code: request.body.code },
        }),
      ),
  )

  app.get<{ Params: { id: string } }>('/_pages/native/signings/:id', async (request, reply) =>
    pass(reply, await callMerchant(parts, 'readSigning', { path: { id: request.params.id } })),
  )

  app.get<{ Querystring: { user_id?: string } }>(
    '/_pages/native/contracts',
    async (request, reply) =>
      pass(
        reply,
        await callMerchant(parts, 'listContracts', {
          query: { user_id: request.query.user_id ?? '' },
        }),
      ),
  )

  app.post<{ Params: { id: string } }>(
    '/_pages/native/contracts/:id/terminate',
    async (request, reply) =>
      pass(
        reply,
        await callMerchant(parts, 'terminateContract', { path: { id: request.params.id } }),
      ),
  )
}

/** The shop page: things to buy, charged through the merchant server's /v1 as a merchant's back end would. */
export async function shopPageRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  app.get('/_pages/shop/products', async (request) => ({
    products: productViews(parts, whoseWallet(parts, request)),
  }))
  app.post<{ Body: Buy }>(
    '/_pages/shop/buy',
    { schema: { body: BuySchema } },
    async (request, reply) =>
      pass(reply, await buy(parts, whoseWallet(parts, request), request.body)),
  )
  app.get<{ Params: { id: string } }>('/_pages/shop/renewals/:id', async (request, reply) =>
    pass(reply, await readRenewal(parts, whoseWallet(parts, request), request.params.id)),
  )
  app.post<{ Params: { id: string }; Body: Renew }>(
    '/_pages/shop/renewals/:id',
    { schema: { body: RenewSchema } },
    async (request, reply) =>
      pass(
        reply,
        await announce(parts, whoseWallet(parts, request), request.params.id, request.body),
      ),
  )
  app.get<{ Params: { id: string } }>('/_pages/shop/charges/:id', async (request, reply) =>
    pass(reply, await askMerchant(parts, 'readCharge', { path: { order_id: request.params.id } })),
  )
  app.post<{ Params: { id: string }; Body: { amount_fen?: number } }>(
    '/_pages/shop/charges/:id/refunds',
    { schema: { body: RefundSchema } },
    async (request, reply) => pass(reply, await giveBack(parts, request.params.id, request.body)),
  )
}

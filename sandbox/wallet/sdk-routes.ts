import type { FastifyInstance } from 'fastify'
import type { Parts } from '../parts.ts'
import { SdkSignSchema, sdkSign, type SdkSign } from './sdk-sign.ts'
import { signingPageOf } from './signing-page.ts'
import { whoseWallet } from './whose-wallet.ts'

/** The simulated SDK of UnionPay in a merchant's own app. */
export async function sdkRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
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
}

import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Parts } from '../parts.ts'
import { authorize } from './authorize.ts'
import { decideSigning, DecisionSchema, type Decision } from './decide-signing.ts'
import { endContract } from './end-contract.ts'
import { readSigningRequest, signingPageOf } from './signing-page.ts'
import { switchUser, SwitchSchema, type Switch } from './switch-user.ts'
import { walletView } from './views.ts'
import { whoseWallet } from './whose-wallet.ts'

const rawQuery = (url: string): string => (url.includes('?') ? url.slice(url.indexOf('?') + 1) : '')

/**
 * The endpoints of the sandbox's own pages: oauth.html, outLogin.html, open.html and the wallet.
 */
export async function walletRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  const note = (
    kind: string,
    summary: string,
    user_id: string,
    url: string,
    answer: unknown,
  ): void => {
    parts.journal.add({
      direction: 'page',
      kind,
      summary,
      user_id,
      request: { method: 'GET', url },
      response: { status: 200, body: answer },
    })
  }

  app.get('/_pages/authorization', async (request) => {
    const user = whoseWallet(parts, request)
    const from = request.headers.referer ?? ''
    const page = from.includes('/outLogin.html')
      ? 'out-login'
      : from.includes('/oauth.html')
        ? 'oauth'
        : 'unknown'
    const answer = authorize(parts, user, rawQuery(request.url), page)
    note(
      'authorization',
      answer.ok ? '授权页 → code' : `授权页 → ${answer.errmsg}`,
      user.user_id,
      request.url,
      answer,
    )
    return answer
  })

  app.get('/_pages/signing', async (request) => {
    const user = whoseWallet(parts, request)
    const read = readSigningRequest(parts, rawQuery(request.url))
    const answer =
      'ok' in read ? read : { ok: true, page: signingPageOf(parts, user, read.template) }
    note(
      'signing',
      'ok' in read ? `签约页 → ${read.errmsg}` : `签约页：${read.template.title}`,
      user.user_id,
      request.url,
      answer,
    )
    return answer
  })

  app.post<{ Body: Decision }>(
    '/_pages/signing/decision',
    { schema: { body: DecisionSchema } },
    async (request) => {
      const user = whoseWallet(parts, request)
      const answer = decideSigning(parts, user, request.body)
      parts.journal.add({
        direction: 'page',
        kind: 'signing.decision',
        user_id: user.user_id,
        summary: `签约页：${request.body.decision} → ${'redirect' in answer && answer.redirect ? '返回接入方' : 'problem' in answer ? answer.message : '拒绝'}`,
        request: { method: 'POST', url: request.url, body: request.body },
        response: { status: 200, body: answer },
      })
      return answer
    },
  )

  app.get('/_pages/wallet', async (request) => walletView(parts, whoseWallet(parts, request)))

  // used by the panel and the control API, both in the browser that holds the wallet: only there is
  // a cookie to change
  for (const path of ['/_pages/wallet/user', '/_control/wallet/user']) {
    app.post<{ Body: Switch }>(path, { schema: { body: SwitchSchema } }, async (request, reply) => {
      const user = switchUser(parts, request, reply, request.body)
      return user
        ? walletView(parts, user)
        : reply.code(404).send({ error: 'unknown_user', message: '没有这个钱包用户' })
    })
  }

  app.post<{ Body: { contract_id: string } }>(
    '/_pages/wallet/terminate',
    {
      schema: {
        body: Type.Object({ contract_id: Type.String() }, { additionalProperties: false }),
      },
    },
    async (request, reply) => {
      const user = whoseWallet(parts, request)
      const contract = parts.contracts.byId(request.body.contract_id)
      const ended = endContract(parts, contract?.user_id === user.user_id ? contract : null)
      parts.journal.add({
        direction: 'page',
        kind: 'wallet.terminate',
        user_id: user.user_id,
        summary: `钱包内解约 ${request.body.contract_id} → ${ended.ok ? '已解约' : ended.message}`,
        request: { method: 'POST', url: request.url, body: request.body },
        response: { status: ended.ok ? 200 : 409, body: ended },
      })
      return reply.code(ended.ok ? 200 : 409).send(ended)
    },
  )
}

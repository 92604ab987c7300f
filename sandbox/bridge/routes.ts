import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Parts } from '../parts.ts'
import { whoseWallet } from '../wallet/whose-wallet.ts'
import { BridgeRulesSchema, type BridgeRuleTable } from './bridge-rules.ts'
import { BridgeConfigSchema, checkConfig, type BridgeConfig } from './check-config.ts'

/**
 * The routes that upsdk.js calls from the H5's page. Only these and the journal accept another
 * origin.
 */
export async function bridgeRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  const rules = () => {
    const { personality, admission, applet_auth } = parts.switches.read()
    return { personality, admission, applet_auth, rules: parts.bridge_rules.read() }
  }
  app.get('/_control/bridge', async () => rules())
  app.put<{ Body: BridgeRuleTable }>(
    '/_control/bridge',
    { schema: { body: BridgeRulesSchema } },
    async (request) => {
      parts.bridge_rules.replaceAll(request.body)
      return rules()
    },
  )

  app.post<{ Body: BridgeConfig }>(
    '/_pages/bridge/config',
    { schema: { body: BridgeConfigSchema } },
    async (request) => {
      const answer = checkConfig(parts, request.body)
      parts.journal.add({
        direction: 'bridge',
        kind: 'config',
        user_id: whoseWallet(parts, request).user_id,
        summary: answer.ok ? 'upsdk.config → ready' : `upsdk.config → ${answer.errmsg}`,
        request: { method: 'POST', url: request.url, body: request.body },
        response: { status: 200, body: answer.ok ? { ok: true } : answer },
      })
      return answer
    },
  )

  app.post<{ Body: { appId: string } }>(
    '/_pages/bridge/applet-auth',
    {
      schema: {
        body: Type.Object(
          { appId: Type.Optional(Type.String({ maxLength: 64 })) },
          { additionalProperties: true },
        ),
      },
    },
    async (request) => {
      const user = whoseWallet(parts, request)
      const known = request.body.appId === undefined || request.body.appId === parts.settings.app_id
      const answer = known
        ? {
            code: parts.codes.issue(
              { user_id: user.user_id, scope: 'upapi_base', plan_id: null },
              parts.switches.read().code_life_ms,
            ),
          }
        : { errcode: 'N62126', errmsg: 'appId 不存在[N62126]' }
      parts.journal.add({
        direction: 'bridge',
        kind: 'appletAuth',
        user_id: user.user_id,
        summary: known ? 'upsdk.appletAuth → code' : 'upsdk.appletAuth → N62126',
        request: { method: 'POST', url: request.url, body: request.body },
        response: { status: 200, body: answer },
      })
      return answer
    },
  )
}

import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { gatewayView } from '../gateway/views.ts'
import type { Parts } from '../parts.ts'
import { SwitchesPatchSchema, type SwitchesPatch } from '../switches.ts'
import { clockView, contractView } from '../wallet/views.ts'
import { endContract } from '../wallet/end-contract.ts'

const wholeState = (parts: Parts) => ({
  clock: clockView(parts),
  settings: parts.switches.read(),
  rules: parts.rules.all(),
  bridge: parts.bridge_rules.read(),
  users: parts.users.all(),
  contracts: parts.contracts.all().map((contract) => contractView(parts, contract)),
  tokens: parts.tokens
    .all()
    .map(({ token, ...rest }) => ({ ...rest, token: `${token.slice(0, 6)}…` })),
  notices: parts.notices.all(),
  gateway: { ...gatewayView(parts), rules: parts.gateway_rules.all() },
  app: {
    app_id: parts.settings.app_id,
    domains: parts.settings.app_domains,
    h5_url: parts.settings.h5_url,
  },
})

/** The control API: everything the control panel does, over HTTP. */
export async function controlRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  app.get('/_control/state', async () => wholeState(parts))

  app.post<{ Body: { clock?: boolean } | null }>(
    '/_control/reset',
    {
      schema: {
        body: Type.Union([
          Type.Null(),
          Type.Object({ clock: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
        ]),
      },
    },
    async (request) => {
      parts.reset()
      if (request.body?.clock) parts.clock.backToReal()
      return wholeState(parts)
    },
  )

  app.get('/_control/settings', async () => parts.switches.read())
  app.patch<{ Body: SwitchesPatch }>(
    '/_control/settings',
    { schema: { body: SwitchesPatchSchema } },
    async (request) => parts.switches.change(request.body),
  )

  app.get('/_control/keys', async () => ({ notice_public_pem: parts.notice_keys.public_pem }))

  app.get('/_control/contracts', async () => ({
    contracts: parts.contracts.all().map((contract) => contractView(parts, contract)),
  }))

  app.post<{ Params: { contract_id: string }; Body: { force?: boolean } | null }>(
    '/_control/contracts/:contract_id/terminate',
    {
      schema: {
        body: Type.Union([
          Type.Null(),
          Type.Object({ force: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
        ]),
      },
    },
    async (request, reply) => {
      const ended = endContract(
        parts,
        parts.contracts.byId(request.params.contract_id),
        request.body?.force === true,
      )
      return reply.code(ended.ok ? 200 : ended.problem === 'unknown' ? 404 : 409).send(ended)
    },
  )
}

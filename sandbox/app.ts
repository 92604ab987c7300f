import cookie from '@fastify/cookie'
import fastify, { type FastifyInstance } from 'fastify'
import { bridgeRoutes } from './bridge/routes.ts'
import { clockRoutes } from './control/clock-routes.ts'
import { gatewayControlRoutes, gatewayRuleRoutes } from './control/gateway-routes.ts'
import { refuseUnknownFields } from './control/known-fields.ts'
import { journalRoutes } from './control/journal-routes.ts'
import { noticeRoutes } from './control/notice-routes.ts'
import { controlRoutes } from './control/routes.ts'
import { portalRefundRoutes } from './control/portal-refund-routes.ts'
import { ruleRoutes } from './control/rule-routes.ts'
import { signedMessageRoutes } from './control/signed-message-routes.ts'
import { statementRoutes } from './control/statement-routes.ts'
import { userRoutes } from './control/user-routes.ts'
import { createBackgroundWorker } from './gateway/background-worker.ts'
import { gatewayRoutes } from './gateway/routes.ts'
import { healthRoutes } from './health.ts'
import { createSender } from './notices/sender.ts'
import { openPlatformRoutes } from './open-platform/routes.ts'
import { guardHosts } from './host-guard.ts'
import { guardOrigins } from './origin-guard.ts'
import { mountShop } from './mount-shop.ts'
import { createParts, type Parts } from './parts.ts'
import type { Settings } from './settings.ts'
import { staticPages } from './static-pages.ts'
import { walletRoutes } from './wallet/routes.ts'
import { sdkRoutes } from './wallet/sdk-routes.ts'

const modules: ((app: FastifyInstance, parts: Parts) => Promise<void>)[] = [
  openPlatformRoutes,
  gatewayRoutes,
  walletRoutes,
  bridgeRoutes,
  sdkRoutes,
  mountShop,
  controlRoutes,
  clockRoutes,
  userRoutes,
  ruleRoutes,
  noticeRoutes,
  gatewayControlRoutes,
  gatewayRuleRoutes,
  portalRefundRoutes,
  signedMessageRoutes,
  statementRoutes,
  journalRoutes,
  healthRoutes,
  staticPages,
]

/** The whole sandbox, not yet listening. Closing the app stops the notices and closes the store. */
export async function buildSandbox(settings: Settings): Promise<FastifyInstance> {
  const parts = createParts(settings)
  const app = await buildDoors(settings, parts)
  const background = [createSender(parts), createBackgroundWorker(parts)]
  app.addHook('onReady', async () => background.forEach((one) => one.start()))
  app.addHook('onClose', async () => {
    await Promise.all(background.map((one) => one.stop()))
    parts.close()
  })
  return app
}

/** Every route of the sandbox; nothing runs in the background here. */
export async function buildDoors(settings: Settings, parts: Parts): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: 64 * 1024,
    // unanswered requests and event streams would otherwise keep the process alive
    forceCloseConnections: true,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: true } },
  })
  // a POST without a body means the same with and without a JSON content type
  const readJson = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) =>
    body === '' ? done(null, null) : readJson(request, body as string, done),
  )
  await app.register(cookie)
  guardHosts(app, settings)
  guardOrigins(app, settings)
  refuseUnknownFields(app)
  app.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500) console.error(`${request.method} ${request.url.split('?')[0]}:`, error)
    return reply.code(status).send({
      error: status >= 500 ? 'bug' : 'refused',
      message: status >= 500 ? 'The sandbox failed; its output says why.' : error.message,
    })
  })
  for (const register of modules) await app.register(async (scope) => register(scope, parts))
  return app
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { Type } from 'typebox'
import type { AppView, BridgeSignature, PlanView } from './api.ts'
import { Refusal } from './errors.ts'
import type { Server } from './http-types.ts'
import { viewPlan } from './plans/plan.ts'
import type { Catalogue } from './plans/catalogue.ts'
import type { Settings } from './settings.ts'
import { walletLink } from './unionpay/pages.ts'
import type { SignForBridge } from './unionpay/bridge-signature.ts'

const strict = { additionalProperties: false }
const ByPlan = Type.Object({ plan_id: Type.String({ pattern: '^[A-Za-z0-9]{1,32}$' }) }, strict)
const SignUrl = Type.Object({ url: Type.String({ pattern: '^https?://[^#\\s]+$', maxLength: 1000 }) }, strict)

/** What needs no session: the app's facts, the plans, the signature for the bridge. */
export function publicRoutes(server: Server, settings: Settings, catalogue: Catalogue, signForBridge: SignForBridge): void {
  const app: AppView = {
    env: settings.unionpay_env,
    merchant_name: settings.merchant_name,
    merchant_phone: settings.merchant_phone,
    upsdk_url: settings.upsdk_url,
    admission: settings.upsdk_admission,
    signing_window: settings.signing_window,
    wallet_link: walletLink(`${settings.public_url}/`),
    page_url: `${settings.public_url}/`,
  }
  server.get('/api/app', async (_request, reply): Promise<AppView> => {
    void reply.header('cache-control', 'no-cache')
    return app
  })
  server.get('/api/plans', async (): Promise<{ plans: PlanView[] }> => ({ plans: catalogue.all().map(viewPlan) }))
  server.get('/api/plans/:plan_id', { schema: { params: ByPlan } }, async (request): Promise<PlanView> => {
    const plan = catalogue.find(request.params.plan_id)
    if (!plan) throw new Refusal('plan_unknown')
    return viewPlan(plan)
  })

  server.post('/api/bridge-signature', { schema: { body: SignUrl } }, async (request, reply): Promise<BridgeSignature> => {
    void reply.header('cache-control', 'no-store')
    // Only our own pages are signed for: a signature for another page would lend it our rights in the wallet.
    if (!request.body.url.startsWith(`${settings.public_url}/`)) throw new Refusal('bad_request', [{ path: 'url', problem: 'is not a page of this server' }])
    const signature = await signForBridge(request.body.url)
    if (!signature) throw new Refusal('unionpay_unavailable')
    return signature
  })
}

/** The H5: hashed assets for a year, the page itself never from cache; the return paths give the page too. */
export async function pageRoutes(server: Server, web_dir: string): Promise<void> {
  if (!existsSync(join(web_dir, 'index.html'))) {
    server.log.warn({ web_dir }, 'the H5 is not built; run `npm run build`')
    return
  }
  await server.register(fastifyStatic, {
    root: web_dir, preCompressed: true, cacheControl: false,
    setHeaders: (reply, path) => void reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  })
  await consolePages(server, join(web_dir, '..', 'console'))
  for (const path of ['/return/sign-in', '/return/signing']) server.get(path, async (_request, reply) => reply.sendFile('index.html'))
}

/** The console's own pages, beside the H5. */
async function consolePages(server: Server, console_dir: string): Promise<void> {
  if (!existsSync(join(console_dir, 'index.html'))) return
  await server.register(fastifyStatic, {
    root: console_dir, prefix: '/console/', decorateReply: false, cacheControl: false,
    setHeaders: (reply, path) => void reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  })
  server.get('/console', async (_request, reply) => reply.redirect('/console/', 308))
}

import { Type } from 'typebox'
import type { AppView, BridgeSignature, PlanView, PublicFacts } from './api.ts'
import { Refusal } from './errors.ts'
import type { Server } from './http-types.ts'
import { viewPlan } from './plans/plan.ts'
import type { Catalogue } from './plans/catalogue.ts'
import type { Settings } from './settings.ts'
import { walletLink } from './unionpay/pages.ts'
import type { SignForBridge } from './unionpay/bridge-signature.ts'

const strict = { additionalProperties: false }
const ByPlan = Type.Object({ plan_id: Type.String({ pattern: '^[A-Za-z0-9]{1,32}$' }) }, strict)
const SignUrl = Type.Object(
  { url: Type.String({ pattern: '^https?://[^#\\s]+$', maxLength: 1000 }) },
  strict,
)

/** What anybody may know of this deployment: the app's facts and its plans. */
export function publicFacts(settings: Settings, catalogue: Catalogue): PublicFacts {
  const app: AppView = {
    env: settings.unionpay_env,
    merchant_name: settings.merchant_name,
    merchant_phone: settings.merchant_phone,
    upsdk_url: settings.upsdk_url,
    admission: settings.upsdk_admission,
    signing_window: settings.signing_window,
    wallet_link: walletLink(`${settings.public_url}/`),
    page_url: `${settings.public_url}/`,
    proof_idle_minutes: settings.session_proof_idle_minutes,
  }
  return { app, plans: catalogue.all().map(viewPlan) }
}

/** What needs no session: the public facts, the signature for the bridge. */
export function publicRoutes(
  server: Server,
  settings: Settings,
  catalogue: Catalogue,
  facts: PublicFacts,
  signForBridge: SignForBridge,
): void {
  const open = { config: { open: true } }
  server.get('/api/app', open, async (_request, reply): Promise<AppView> => {
    void reply.header('cache-control', 'no-cache')
    return facts.app
  })
  server.get('/api/plans', open, async (): Promise<{ plans: PlanView[] }> => ({
    plans: facts.plans,
  }))
  server.get(
    '/api/plans/:plan_id',
    { ...open, schema: { params: ByPlan } },
    async (request): Promise<PlanView> => {
      const plan = catalogue.find(request.params.plan_id)
      if (!plan) throw new Refusal('plan_unknown')
      return viewPlan(plan)
    },
  )

  server.post(
    '/api/bridge-signature',
    { ...open, schema: { body: SignUrl } },
    async (request): Promise<BridgeSignature> => {
      // Only our own pages are signed for: a signature for another page would lend it our rights in
      // the wallet.
      if (!request.body.url.startsWith(`${settings.public_url}/`))
        throw new Refusal('bad_request', [{ path: 'url', problem: 'is not a page of this server' }])
      const signature = await signForBridge(request.body.url)
      if (!signature) throw new Refusal('unionpay_unavailable')
      return signature
    },
  )
}

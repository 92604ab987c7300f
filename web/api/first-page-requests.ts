import type { AppView, BridgeSignature, PlanView } from '../../server/api.ts'
import { request } from './request.ts'

/** The requests of the home page. The other requests (server.ts) load with the inner pages. */
export const firstPageRequests = {
  app: () => request<AppView>('GET', '/api/app'),
  plans: () => request<{ plans: PlanView[] }>('GET', '/api/plans'),
  bridgeSignature: (url: string) =>
    request<BridgeSignature>('POST', '/api/bridge-signature', { url }),
}

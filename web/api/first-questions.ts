import type { AppView, BridgeSignature, PlanView } from '../../server/api.ts'
import { request } from './request.ts'

/** What the first page asks the server; the other questions (server.ts) come with the inner pages. */
export const firstQuestions = {
  app: () => request<AppView>('GET', '/api/app'),
  plans: () => request<{ plans: PlanView[] }>('GET', '/api/plans'),
  bridgeSignature: (url: string) =>
    request<BridgeSignature>('POST', '/api/bridge-signature', { url }),
}

import type {
  ActionResult,
  ApprovalView,
  BreakAction,
  BreakResolutionView,
  BreakView,
  StatementView,
  WebhookDeliveryView,
  WebhookEndpointView,
  AuditView,
  ConsoleCertificateView,
  ConsoleChargeView,
  ConsoleContractView,
  ConsoleKeyView,
  ConsolePlanView,
  DecisionPreviewView,
  FoundView,
  OperatorView,
  OverviewView,
  WorkView,
} from '../../server/api.ts'
import { request } from './request.ts'

const part = encodeURIComponent
const root = '/console/api'

/** Every request of the console to the server. */
export const consoleServer = {
  signIn: (name: string, password: string) =>
    request<OperatorView>('POST', `${root}/sign-in`, { name, password }),
  operator: () => request<OperatorView>('GET', `${root}/operator`),
  signOut: () => request<object>('DELETE', `${root}/session`),

  overview: () => request<OverviewView>('GET', `${root}/overview`),
  search: (q: string) => request<{ found: FoundView[] }>('GET', `${root}/search?q=${part(q)}`),
  work: () => request<{ work: WorkView[] }>('GET', `${root}/work`),
  charge: (order_id: string) =>
    request<ConsoleChargeView>('GET', `${root}/charges/${part(order_id)}`),
  contract: (id: string) => request<ConsoleContractView>('GET', `${root}/contracts/${part(id)}`),
  plans: () => request<{ plans: ConsolePlanView[] }>('GET', `${root}/plans`),
  certificates: () =>
    request<{ certificates: ConsoleCertificateView[] }>('GET', `${root}/certificates`),
  keys: () => request<{ keys: ConsoleKeyView[] }>('GET', `${root}/keys`),
  approvals: () => request<{ approvals: ApprovalView[] }>('GET', `${root}/approvals`),
  audit: (before: number | null) =>
    request<{ audit: AuditView[] }>(
      'GET',
      `${root}/audit${before === null ? '' : `?before=${before}`}`,
    ),

  refund: (order_id: string, amount_fen: number, description: string, key: string) =>
    request<ActionResult>(
      'POST',
      `${root}/charges/${part(order_id)}/refunds`,
      { amount_fen, description },
      { 'idempotency-key': key },
    ),
  resolve: (kind: 'charges' | 'refunds', order_id: string, decision: 'paid' | 'not_paid') =>
    request<ActionResult>('POST', `${root}/${kind}/${part(order_id)}/resolution`, { decision }),
  previewResolution: (
    kind: 'charges' | 'refunds',
    order_id: string,
    decision: 'paid' | 'not_paid',
  ) =>
    request<DecisionPreviewView>('POST', `${root}/${kind}/${part(order_id)}/preview`, { decision }),
  resolveContract: (id: string) =>
    request<ConsoleContractView>('POST', `${root}/contracts/${part(id)}/resolution`, {}),
  terminate: (id: string) =>
    request<ConsoleContractView>('POST', `${root}/contracts/${part(id)}/terminate`, {}),
  decide: (id: string, allowed: boolean) =>
    request<ActionResult>('POST', `${root}/approvals/${part(id)}`, { allowed }),
  withdraw: (id: string) =>
    request<ActionResult>('POST', `${root}/approvals/${part(id)}/withdrawal`, {}),
  statements: () => request<{ statements: StatementView[] }>('GET', `${root}/statements`),
  breaks: (id: string) =>
    request<{ breaks: BreakView[] }>('GET', `${root}/statements/${part(id)}/breaks`),
  previewBreak: (id: string, action: BreakAction, note: string) =>
    request<BreakResolutionView>('POST', `${root}/breaks/${part(id)}/preview`, { action, note }),
  resolveBreak: (id: string, action: BreakAction, note: string) =>
    request<ActionResult>('POST', `${root}/breaks/${part(id)}/resolution`, { action, note }),
  webhooks: () =>
    request<{ endpoints: WebhookEndpointView[]; undelivered: WebhookDeliveryView[] }>(
      'GET',
      `${root}/webhooks`,
    ),
  replayDelivery: (id: string) =>
    request<WebhookDeliveryView>('POST', `${root}/webhooks/deliveries/${part(id)}/replay`, {}),
  revokeKey: (id: string) => request<object>('POST', `${root}/keys/${part(id)}/revoke`, {}),
}

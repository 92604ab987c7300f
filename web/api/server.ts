import type {
  BillDetailView,
  BillMonth,
  BillSummary,
  BillView,
  ComingDebitView,
  ContractDetailView,
  ContractView,
  PersonExport,
  PlanView,
  SessionAnswer,
  SessionView,
  ProofAnswer,
  SigningReturn,
  SigningStart,
  SigningView,
  SignInResult,
  SignInStart,
  UnfinishedView,
} from '../../server/api.ts'
import { firstPageRequests } from './first-page-requests.ts'
import { asPerson, postAsVisitor, readAsVisitor } from './personal.ts'
import { request } from './request.ts'

const part = encodeURIComponent

function queryString(parameters: Record<string, string | null>): string {
  const given = Object.keys(parameters).filter((name) => parameters[name] !== null)
  return given.length === 0
    ? ''
    : `?${given.map((name) => `${name}=${part(parameters[name] ?? '')}`).join('&')}`
}

/** Bills of a month in Shanghai time and of a contract; null means all. */
export type BillFilter = { month: string | null; contract: string | null }
export type BillsPage = { bills: BillView[]; next_cursor: string | null }

/** Every request of the mini-app to the server. */
export const server = {
  ...firstPageRequests,
  plan: (plan_id: string) => request<PlanView>('GET', `/api/plans/${part(plan_id)}`),

  ticket: (ticket: string) => postAsVisitor<object>('/api/tickets', { ticket }),
  signIn: (return_to: string, agreed_plan_id: string | null) =>
    request<SignInStart>(
      'POST',
      '/api/sign-in',
      agreed_plan_id === null ? { return_to } : { return_to, agreed_plan_id },
    ),
  signInReturn: (query: string) => request<SignInResult>('POST', '/api/sign-in/return', { query }),
  proof: (code: string) => request<ProofAnswer>('POST', '/api/session/proof', { code }),
  session: () => readAsVisitor<SessionAnswer>('/api/session'),
  signOut: () => request<object>('DELETE', '/api/session'),
  answerAccount: (accept: boolean, question_id: string) =>
    asPerson<SessionView>('POST', '/api/session/account', { accept, question_id }),

  startSigning: (plan_id: string) =>
    asPerson<SigningStart>('POST', '/api/signings', { plan_id, agreed: true }),
  signingReturn: (query: string) => postAsVisitor<SigningReturn>('/api/signings/return', { query }),
  signing: (signingId: string) => asPerson<SigningView>('GET', `/api/signings/${part(signingId)}`),

  contracts: () => asPerson<{ contracts: ContractView[] }>('GET', '/api/contracts'),
  contractOfPlan: (plan_id: string) =>
    readAsVisitor<{ contract: ContractView | null }>(`/api/plans/${part(plan_id)}/contract`),
  contract: (id: string) => asPerson<ContractDetailView>('GET', `/api/contracts/${part(id)}`),
  unfinished: (id: string) =>
    asPerson<UnfinishedView>('GET', `/api/contracts/${part(id)}/unfinished`),
  bills: (of: BillFilter, cursor: string | null = null) =>
    asPerson<BillsPage>('GET', `/api/bills${queryString({ ...of, cursor })}`),
  billMonths: (contract: string | null) =>
    asPerson<{ months: BillMonth[] }>('GET', `/api/bills/months${queryString({ contract })}`),
  billSummary: (month: string | null, contract: string | null) =>
    asPerson<BillSummary>('GET', `/api/bills/summary${queryString({ month, contract })}`),
  bill: (order_id: string) => asPerson<BillDetailView>('GET', `/api/bills/${part(order_id)}`),
  comingDebits: () => asPerson<{ coming_debits: ComingDebitView[] }>('GET', '/api/coming-debits'),
  comingDebitSeen: (id: string) =>
    asPerson<object>('POST', `/api/coming-debits/${part(id)}/seen`, {}),

  exportPerson: () => asPerson<PersonExport>('GET', '/api/privacy/export'),
  erasePerson: () => asPerson<object>('POST', '/api/privacy/erasure', { confirmed: true }),

  terminate: (id: string) =>
    asPerson<ContractDetailView>('POST', `/api/contracts/${part(id)}/terminate`, {}),
}

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
  SigningStart,
  SigningView,
  SignInResult,
  SignInStart,
  UnfinishedView,
} from '../../server/api.ts'
import { firstQuestions } from './first-questions.ts'
import { request } from './request.ts'

const part = encodeURIComponent

function queryString(asked: Record<string, string | null>): string {
  const given = Object.keys(asked).filter((name) => asked[name] !== null)
  return given.length === 0
    ? ''
    : `?${given.map((name) => `${name}=${part(asked[name] ?? '')}`).join('&')}`
}

/** Which bills: of a Shanghai month, of a contract; null is every one. */
export type BillsWanted = { month: string | null; contract: string | null }
export type BillsPage = { bills: BillView[]; next_cursor: string | null }

/** Every question the mini-app asks the server, by its address. */
export const server = {
  ...firstQuestions,
  plan: (plan_id: string) => request<PlanView>('GET', `/api/plans/${part(plan_id)}`),

  ticket: (ticket: string) => request<object>('POST', '/api/tickets', { ticket }),
  signIn: (returnTo: string) =>
    request<SignInStart>('POST', '/api/sign-in', { return_to: returnTo }),
  signInReturn: (query: string) => request<SignInResult>('POST', '/api/sign-in/return', { query }),
  session: () => request<SessionAnswer>('GET', '/api/session'),
  answerAccount: (accept: boolean, question_id: string) =>
    request<SessionView>('POST', '/api/session/account', { accept, question_id }),

  startSigning: (plan_id: string) =>
    request<SigningStart>('POST', '/api/signings', { plan_id, agreed: true }),
  signingReturn: (query: string) => request<SigningView>('POST', '/api/signings/return', { query }),
  signing: (signingId: string) => request<SigningView>('GET', `/api/signings/${part(signingId)}`),

  contracts: () => request<{ contracts: ContractView[] }>('GET', '/api/contracts'),
  contractOfPlan: (plan_id: string) =>
    request<{ contract: ContractView | null }>('GET', `/api/plans/${part(plan_id)}/contract`),
  contract: (id: string) => request<ContractDetailView>('GET', `/api/contracts/${part(id)}`),
  unfinished: (id: string) =>
    request<UnfinishedView>('GET', `/api/contracts/${part(id)}/unfinished`),
  bills: (of: BillsWanted, cursor: string | null = null) =>
    request<BillsPage>('GET', `/api/bills${queryString({ ...of, cursor })}`),
  billMonths: (contract: string | null) =>
    request<{ months: BillMonth[] }>('GET', `/api/bills/months${queryString({ contract })}`),
  billSummary: (month: string | null, contract: string | null) =>
    request<BillSummary>('GET', `/api/bills/summary${queryString({ month, contract })}`),
  bill: (order_id: string) => request<BillDetailView>('GET', `/api/bills/${part(order_id)}`),
  comingDebits: () => request<{ coming_debits: ComingDebitView[] }>('GET', '/api/coming-debits'),
  comingDebitSeen: (id: string) =>
    request<object>('POST', `/api/coming-debits/${part(id)}/seen`, {}),

  exportPerson: () => request<PersonExport>('GET', '/api/privacy/export'),
  erasePerson: () => request<object>('POST', '/api/privacy/erasure', { confirmed: true }),

  terminate: (id: string) =>
    request<ContractDetailView>('POST', `/api/contracts/${part(id)}/terminate`, {}),
}

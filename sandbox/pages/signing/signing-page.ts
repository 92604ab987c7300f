import { read, send } from '../request.ts'

/** UnionPay's data for this signing; see the sandbox's /_pages/signing. */
export type SigningPage = {
  payee: string
  title: string
  content: string
  single_limit_fen: number
  daily_limit_fen: number
  scenario: string
  sub_scenario: string
  needs_mobile: boolean
  needs_identity: boolean
  needs_credit_card: boolean
  has_credit_card: boolean
  mobile_masked: string
  name_masked: string
  cards: { bank: string; kind: 'debit' | 'credit'; last4: string }[]
  already_signed: boolean
  /** can only be ended with the merchant */
  offline: boolean
  /** the digits of the simulated SMS */
  mobile_code?: string | null
  /** the input to pre-fill for the simulated user; the real page has no such thing */
  identity_hint?: string | null
}
export type SigningRefusal = {
  ok: false
  errorcode: string
  errmsg: string
  redirect: string | null
}
export type Problem = 'mobile_code_wrong' | 'identity_wrong' | 'no_credit_card'
export type ProblemAnswer = { ok: false; problem: Problem; message: string }
export type Answer = { redirect: string } | ProblemAnswer | SigningRefusal
export type Decision = {
  decision: 'agree' | 'refuse' | 'network_error'
  mobile_code?: string
  identity_last4?: string
}

const query = location.search.slice(1)

export function readSigning(): Promise<{ ok: true; page: SigningPage } | SigningRefusal> {
  return read(`/_pages/signing?${query}`)
}

export function sendDecision(decision: Decision): Promise<Answer> {
  return send('POST', '/_pages/signing/decision', { query, ...decision })
}

/** ¥ with two decimals, from integer fen. */
export function yuan(fen: number): string {
  return `¥${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
}

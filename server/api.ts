/**
 * What the pages and the merchant's systems receive. Types only: `web` imports nothing else of the
 * server. Instants are ISO 8601 in UTC, amounts integer fen, identifiers ours unless named otherwise.
 */
export type { ErrorCode } from './error-codes.ts'
export type * from './api-payments.ts'
export type * from './api-debit-notices.ts'
export type * from './api-console.ts'
export type * from './api-reconciliation.ts'
import type { ComingDebitView } from './api-debit-notices.ts'
import type { BillDetailView } from './api-payments.ts'
import type { ErrorCode } from './error-codes.ts'

export type ErrorView = {
  code: ErrorCode
  message: string
  what_to_do: string
  request_id: string
  fields?: { path: string; problem: string }[]
}

export type Scenario = 'transport' | 'car' | 'retail' | 'living' // 交通出行 车主服务 智慧零售 生活缴费

/** Public facts the H5 needs before anything else. GET /api/app */
export type AppView = {
  env: 'sandbox' | 'test' | 'production'
  merchant_name: string
  merchant_phone: string
  upsdk_url: string
  admission: 'config' | 'plugin_ready'
  signing_window: 'redirect' | 'web_view'
  wallet_link: string // upwallet://… opens this H5 inside the wallet
  page_url: string // the public https address to copy
}

/** GET /api/plans → { plans }, GET /api/plans/:plan_id */
export type PlanView = {
  plan_id: string
  scenario: Scenario
  sub_scenario: string // 公交码, 无感停车 …
  payee: string // 接入方简称
  title: string // 签约模板标题
  content: string // 签约套餐内容
  single_limit_fen: number
  daily_limit_fen: number
  credit_card_required: boolean
  verify_mobile: boolean
  verify_identity: boolean
  unionpay_advances: boolean // 银联垫付
  offline: boolean // can be ended only with the merchant
  accepts_new: boolean
  /** days before each debit that the payer is told of it (会员自动续期: 5); null: not a renewal */
  notice_days: number | null
}

export type AccountView = { user_id_masked: string; display_name: string; origin: 'ticket' | 'made' | 'sdk' }

/** GET /api/session */
export type SessionView = {
  account: AccountView
  /** a ticket for this account waits for the person's answer (POST /api/session/account) */
  pending_account: (AccountView & { question_id: string }) | null
  /** the last ticket was for another account than the one this wallet pays for */
  account_conflict: boolean
}

/** POST /api/sign-in */
export type SignInStart = { authorize_url: string }
/** POST /api/sign-in/return { query } */
export type SignInResult = { session: SessionView; return_to: string }

/** POST /api/bridge-signature { url } */
export type BridgeSignature = { app_id: string; timestamp: string; nonce_str: string; signature: string }

/** POST /api/signings { plan_id, agreed } */
export type SigningStart = { signing_id: string; signing_page_url: string; expires_at: string }

/**
 * waiting: at UnionPay's page · processing: the outcome is not known yet · succeeded ·
 * failed: reason says why · cancelled: the person did not agree · expired: never came back
 */
export type SigningState = 'waiting' | 'processing' | 'succeeded' | 'failed' | 'cancelled' | 'expired'

/** closed list; `web/text` holds a sentence and a next step for each */
export type SigningReason =
  | 'wallet_error' // the page came back with an error
  | 'returned_empty' // came back with neither a code nor an error
  | 'code_refused' // UnionPay did not accept the code
  | 'wallet_foreign' // the wallet that agreed is not the one that started
  | 'already_signed_elsewhere' // UnionPay knows a contract that is not this attempt's
  | 'rejected' // UnionPay refused the contract
  | 'unionpay_silent' // no usable answer before anything was signed: start again
  | 'outcome_unknown' // asked, no answer yet; we ask again
  | 'never_returned'

/** POST /api/signings/return { query }, GET /api/signings/:signing_id */
export type SigningView = {
  signing_id: string
  plan: PlanView
  state: SigningState
  reason: SigningReason | null
  unionpay_code: string | null // UnionPay's own code, for a support call
  contract: ContractView | null
  started_at: string
  /** when the server will know more at the earliest */
  next_look_at: string | null
}

export type ContractState = 'applying' | 'active' | 'abandoned' | 'rejected' | 'terminating' | 'terminated'

export type ContractView = {
  id: string
  contract_id_masked: string // 签约协议号
  contract_code: string // 应用方签约号
  plan: PlanView
  state: ContractState
  signed_at: string | null
  terminated_at: string | null
  ended_by: 'payer_here' | 'payer_in_wallet' | 'merchant' | 'unionpay' | null
  needs_review: boolean
  signed_through: 'h5' | 'sdk'
}

export type HistoryEntry = {
  at: string
  from: ContractState | null
  to: ContractState
  source: 'start' | 'return' | 'apply' | 'info' | 'relieve' | 'notice' | 'sweep' | 'job' | 'payer' | 'merchant'
  reason: string | null
}

/** GET /api/contracts/:id */
export type ContractDetailView = ContractView & {
  history: HistoryEntry[]
  account: AccountView
  /** what charges of today (Shanghai) use of `plan.daily_limit_fen`; refunds do not lower it */
  used_today_fen: number
}

/** GET /api/contracts/:id/unfinished – informs, never blocks */
export type UnfinishedView = {
  ours: { order_id: string; amount_fen: number; description: string; created_at: string }[]
  /** UnionPay's count; null when the question failed */
  unionpay: number | null
}

/** GET /api/privacy/export: all that is held about the person */
export type PersonExport = {
  exported_at: string
  user: { user_id: string; display_name: string | null; origin: string; known_since: string }
  wallets: { open_id_masked: string; known_since: string }[]
  contracts: ContractView[]
  bills: BillDetailView[]
  debit_notices: ComingDebitView[]
}

/** POST /v1/signings { user_id, plan_id, display_name? } – what the merchant's app hands to the SDK */
export type SdkSigningStart = {
  signing_id: string
  app_id: string
  plan_id: string
  scope: string
  state: string
  expires_at: string
}

/**
 * What the pages and the merchant's systems receive. Types only: `web` imports nothing else of the
 * server. Instants are ISO 8601 in UTC, amounts integer fen, identifiers ours unless named
 * otherwise.
 */
export type { ErrorCode } from './error-codes.ts'
export type * from './api-payments.ts'
export type * from './api-webhooks.ts'
export type * from './api-debit-notices.ts'
export type * from './api-console.ts'
export type * from './api-reconciliation.ts'
import type { ComingDebitView, DebitNoticeView } from './api-debit-notices.ts'
import type { BillDetailView } from './api-payments.ts'
import type { Static } from 'typebox'
import type {
  Contract,
  ContractDetail,
  ContractHistory,
  Plan,
  SdkSigning,
  Signing,
  SigningReason as Reason,
} from './schemas/contracts.ts'
import type { Refused } from './schemas/refused.ts'

export type ErrorView = Static<typeof Refused>

export type Scenario = PlanView['scenario']

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
  proof_idle_minutes: number // after being hidden for so long, a page proves again whose wallet is open
}

/** GET /api/plans → { plans }, GET /api/plans/:plan_id */
export type PlanView = Static<typeof Plan>

export type AccountView = ContractDetailView['account']

/** What the page is delivered with (server/page.ts): never anything about a person. */
export type PublicFacts = { app: AppView; plans: PlanView[] }

/**
 * GET /api/session; null for a visitor whom nobody has signed in, and `unproved` where this web
 * view did not prove who is
 */
export type SessionAnswer = { session: SessionView | null; unproved?: true }

export type SessionView = {
  /** the same for the same wallet, and nothing else */
  person: string
  account: AccountView
  /** a ticket for this account waits for the person's answer (POST /api/session/account) */
  pending_account: (AccountView & { question_id: string }) | null
  /** the last ticket was for another account than the one this wallet pays for */
  account_conflict: boolean
}

/**
 * POST /api/session/proof { code }. `proof` goes into the header x-session-proof of whatever this
 * web view asks.
 */
export type ProofAnswer = { session: SessionView; proof: string }

/** POST /api/sign-in { return_to, agreed_plan_id? } */
export type SignInStart = { authorize_url: string }
/** POST /api/sign-in/return { query } */
export type SignInResult = ProofAnswer & { return_to: string; agreed_plan_id: string | null }

/** POST /api/bridge-signature { url } */
export type BridgeSignature = {
  app_id: string
  timestamp: string
  nonce_str: string
  signature: string
}

/** POST /api/signings { plan_id, agreed } */
export type SigningStart = { signing_id: string; signing_page_url: string; expires_at: string }

export type SigningState = SigningView['state']
/** closed list; `web/text` holds a sentence and a next step for each */
export type SigningReason = Static<typeof Reason>
/** GET /api/signings/:signing_id */
export type SigningView = Omit<MerchantSigningView, 'contract'> & { contract: ContractView | null }
/**
 * POST /api/signings/return { query }. `proved` where the code that came back shows whose wallet is
 * open now.
 */
export type SigningReturn = SigningView & { proved: ProofAnswer | null }

export type ContractState = ContractView['state']
/**
 * as the payer's page receives it; the merchant's systems and the console also receive the user_id
 */
export type ContractView = Omit<MerchantContractView, 'user_id'>
export type MerchantContractView = Static<typeof Contract>
export type MerchantContractDetailView = Static<typeof ContractDetail>
export type MerchantSigningView = Static<typeof Signing>
export type HistoryEntry = Static<typeof ContractHistory>
/** GET /api/contracts/:id */
export type ContractDetailView = Omit<MerchantContractDetailView, 'user_id'>

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
  contracts: (ContractView & {
    started_at: string
    reason: string | null
    unionpay_code: string | null
    history: HistoryEntry[]
  })[]
  bills: BillDetailView[]
  debit_notices: (ComingDebitView & {
    withdrawn_at: string | null
    deliveries: DebitNoticeView['deliveries']
  })[]
}

/**
 * POST /v1/signings { user_id, plan_id, display_name? } – what the merchant's app hands to the SDK
 */
export type SdkSigningStart = Static<typeof SdkSigning>

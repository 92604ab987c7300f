import type {
  ChargeView,
  ChargeDetailView,
  MerchantContractDetailView,
  OrderConsequence,
  OrderSource,
  OrderState,
  PlanView,
  RefundView,
} from './api.ts'

/**
 * The part of the contract between the console's pages and the server; read it through `api.ts`.
 * Everything lies below /console/api.
 */

export type OperatorView = { name: string; role: 'viewer' | 'operator' | 'admin' }

/** GET /console/api/overview: today, in Shanghai */
export type OverviewView = {
  day: string
  now: string
  charges: { state: OrderState; count: number; amount_fen: number }[]
  refunds: { state: OrderState; count: number; amount_fen: number }[]
  /**
   * by hour of acceptance, only hours that saw a charge; `amount_fen` is what succeeded, `p50_s`
   * the median time to the final state
   */
  hours: {
    hour: number
    succeeded: number
    failed: number
    pending: number
    amount_fen: number
    p50_s: number | null
  }[]
  /** from acceptance to the final state, in seconds; null before the first */
  time_to_final_s: { p50: number | null; p95: number | null; max: number | null }
  /** pending charges and refunds of all days */
  open: {
    waits_for: 'notification' | 'statement' | 'manual_review'
    count: number
    oldest_at: string
  }[]
  in_review: { charges: number; refunds: number; contracts: number }
  contracts: { signed: number; ended: number; signings_open: number }
  notifications: { kind: string; outcome: string; count: number }[]
  /** queries of charges and refunds that are due now, and how many a minute may go out */
  pacing: { merchant_no: string; due: number; per_minute: number; backs_off_until: string | null }[]
  approvals_open: number
  webhooks: WebhookStandingView
}

/** GET /console/api/search?q= → { found } */
export type FoundView = {
  kind: 'charge' | 'refund' | 'contract'
  id: string
  title: string
  user_id: string | null // of a contract
  plan_id: string | null
  state: string
  at: string
}

/**
 * GET /console/api/work → { work }: what waits for a person, the oldest first; `charge` is the
 * order a refund belongs to
 */
export type WorkView = {
  kind: 'charge' | 'refund' | 'cancel' | 'contract'
  id: string
  charge: string | null
  amount_fen: number | null
  description: string
  user_id: string | null // of a contract
  plan_id: string | null
  reason: string | null
  at: string
}

/** Deliveries to the merchant's systems: not arrived yet, endpoints that get nothing */
export type WebhookStandingView = { pending: number; oldest_at: string | null; disabled: number }

export type MessageView = {
  id: string
  received_at: string
  kind: string
  outcome: string
  repeats: number
  fields: { name: string; value: string; masked: boolean }[]
}
export type AuditView = {
  seq: number
  at: string
  author: string
  action: string
  subject: string
  detail: Record<string, unknown>
}

/** GET /console/api/charges/:order_id */
/**
 * What a review rests on: which source said it, when, and both values of what differs; amounts in
 * fen, states as elsewhere. `theirs` is null where UnionPay says nothing of it, `ours` where we
 * have nothing to compare.
 */
export type ReviewFactsView = {
  order_id: string
  source: OrderSource
  at: string
  values: {
    what:
      | 'state'
      | 'amount'
      | 'currency'
      | 'merchant_no'
      | 'order_id'
      | 'txn_time'
      | 'code'
      | 'transaction'
    ours: string | null
    theirs: string | null
  }[]
}
export type ConsoleChargeView = {
  charge: ChargeDetailView
  /** of the charge and of each refund that a person has to look at */
  reviews: ReviewFactsView[]
  /** other charges of the same merchant_order_no, newest first */
  attempts: ChargeView[]
  refundable_fen: number
  messages: MessageView[]
  approvals: ApprovalView[]
  audit: AuditView[]
}
/** GET /console/api/contracts/:id */
/** `reason`: why it waits for a person, or how an attempt failed. */
export type ConsoleContractView = {
  contract: MerchantContractDetailView
  reason: string | null
  user_id: string
  charges: {
    order_id: string
    amount_fen: number
    description: string
    state: OrderState
    needs_review: boolean
    accepted_at: string
  }[]
  messages: MessageView[]
  audit: AuditView[]
}

export type ApprovalView = {
  id: string
  action: 'resolve' | 'refund' | 'break'
  subject: string
  amount_fen: number
  detail: Record<string, unknown>
  asked_by: string
  asked_at: string
  decided_by: string | null
  decided_at: string | null
  allowed: boolean | null
  outcome: string | null
}
/**
 * POST /console/api/charges/:order_id/preview, …/refunds/:order_id/preview: what a decision would
 * change
 */
export type DecisionPreviewView = {
  order_id: string
  from: OrderState
  to: OrderState
  consequences: OrderConsequence[]
}
/** What an action came to: done at once, or waiting for a second person. */
export type ActionResult =
  | { done: true; refund?: RefundView }
  | { done: false; approval: ApprovalView }

/** A plan with everything the application form (附录1) asks. */
export type ConsolePlanView = PlanView & {
  active_contracts: number
  unionpay_advances_reason: string | null
  fixed_merchants: string[] | null
  fixed_merchants_reason: string | null
  termination_notice_url: string
}
/** GET /console/api/certificates → { certificates }, the one that ends first at the top */
export type ConsoleCertificateView = {
  role: 'merchant' | 'root' | 'middle'
  name: string
  cert_id: string
  days_left: number
}
export type ConsoleKeyView = {
  id: string
  name: string
  verbs: string[]
  plan_ids: string[]
  created_at: string
  revoked_at: string | null
}

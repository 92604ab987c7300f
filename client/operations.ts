// Written by `npx wugan openapi` from docs/openapi.json; do not edit.

/** Whose contract it is, masked. */
export type Account = {
  /** Your user_id, masked. */
  user_id_masked: string
  /** The name you gave; may be empty. */
  display_name: string
  /** Where the user_id came from; made: generated here, because the merchant named none. */
  origin: 'ticket' | 'made' | 'sdk'
}

/** What UnionPay waits for. */
export type Acknowledged = {
  /** Always 00. */
  resp: string
}

/** A user of yours for whom a wallet pays from now on. */
export type BoundUser = {
  /** Your id of the person. */
  user_id: string
  /** The id we had made, under which its contracts were known until now. */
  former_user_id: string | null
  /** What this user has signed, running contracts first; at most 200. */
  contracts: Contract[]
}

/** A difference between the statement and what we know. */
export type Break = {
  /** Our id of the break. */
  id: string
  /** Our id of the statement. */
  statement: string
  /** 商户号. */
  merchant_no: string
  /** The clearing day. A day in Beijing, YYYY-MM-DD. */
  day: string
  /** ours_only: paid here, not in the statement; theirs_only: no order of ours; amount and state: both have it and differ; duplicate: more than once; fee: not the agreed one; adjustment: a line of UnionPay’s file of errors and disputes; not_compared: a line or a file of it that cannot be read or is about another merchant number. */
  kind: 'ours_only' | 'theirs_only' | 'amount' | 'state' | 'duplicate' | 'fee' | 'adjustment' | 'not_compared'
  /** The order it is about. */
  order_id: string | null
  /** Null: not an order of ours. */
  order_kind: 'charge' | 'refund' | null
  /** UnionPay’s number of the transaction. */
  query_id: string | null
  /** What is at stake. Fen (1/100 yuan). */
  amount_fen: number
  /** gone: a later file no longer shows it. */
  state: 'open' | 'resolved' | 'gone'
  /** What may be done about it; the first is what the statement suggests. */
  actions: ('mark_paid' | 'mark_not_paid' | 'acknowledge')[]
  /** acknowledge: somebody knows why; nothing is changed. */
  action: 'mark_paid' | 'mark_not_paid' | 'acknowledge' | null
  /** Who decided; through the API also the key. */
  author: string | null
  /** Why. */
  note: string | null
  /** When. ISO 8601, UTC. */
  found_at: string
  /** When. ISO 8601, UTC. */
  resolved_at: string | null
  /** How our order stood when the break was found; null: no order of ours. */
  ours: {
    /** Its state. */
    state: string
    /** Its amount. Fen (1/100 yuan). */
    amount_fen: number
    /** Its clearing day. A day in Beijing, YYYY-MM-DD. */
    settle_on: string | null
  } | null
  /** What the line said; null: no line. */
  theirs: {
    /** The amount. Fen (1/100 yuan). */
    amount_fen: number
    /** The fee. Fen (1/100 yuan). */
    fee_fen: number
    /** What is settled. Fen (1/100 yuan). */
    settled_fen: number
    /** UnionPay’s kind of transaction. */
    txn_type: string
    /** UnionPay’s trace number. */
    trace: string
    /** The line of the file, from 1. */
    line: number
  } | null
  /** What of the file was not compared; null in every other kind. */
  unread: {
    /** The file inside the statement. */
    file: string
    /** The first of them, at most 20; empty: the file could not be opened. */
    lines: number[]
    /** How many lines; 0: the file could not be opened. */
    count: number
    /** What is wrong with the first, or with the file. */
    why: string
  } | null
}

/** One page, oldest first. */
export type BreakPage = {
  /** At most `limit` of them. */
  breaks: Break[]
  /** Send it as `cursor` for the next page; null when there is no more. */
  next_cursor: string | null
}

/** What was done about a break, or would be. */
export type BreakResolution = {
  break: Break
  /** Nothing was changed, and `break` is as it was. */
  dry_run: boolean
  /** What becomes of the order; null where none is touched. */
  order: {
    /** The order. */
    order_id: string
    /** Its state before. */
    from: 'pending' | 'succeeded' | 'failed'
    /** Its state after. */
    to: 'pending' | 'succeeded' | 'failed'
    /** What follows besides. */
    consequences: ('day_limit_used' | 'day_limit_freed' | 'order_may_be_charged_again' | 'order_is_paid_twice' | 'order_is_paid_once' | 'charge_may_be_refunded' | 'notice_covers_another_debit' | 'amount_may_be_refunded_again' | 'amount_was_refunded')[]
  } | null
}

/** One charge of a contract. */
export type Charge = {
  /** Our number, and UnionPay’s 商户订单号. */
  order_id: string
  /** Your number. */
  merchant_order_no: string
  /** 商户号 it was charged by. */
  merchant_no: string
  /** Our id of the contract. */
  contract: string
  /** Your id of the person who pays. */
  user_id: string
  /** The plan it was signed for. */
  plan_id: string
  /** The amount. Fen (1/100 yuan). */
  amount_fen: number
  /** What the payer reads. */
  description: string
  /** A pending one may still become either: wait, do not charge again. */
  state: 'pending' | 'succeeded' | 'failed'
  /** A person has to look at it; meanwhile it can be neither given back nor charged again. */
  needs_review: boolean
  /** Why a person has to look: the sources contradict each other, a verified message names another amount, time or currency, UnionPay said A6, it is paid here and not in the statement of its day, or two charges of one merchant_order_no are paid. */
  review_reason: 'failed_after_success' | 'succeeded_after_failure' | 'differs_from_order' | 'succeeded_with_defect' | 'absent_from_statement' | 'paid_twice' | null
  /** Why it failed. declined: UnionPay or the bank said no, `unionpay_code` tells; not_sent: it never left us, nothing was taken. */
  reason: 'declined' | 'not_sent' | 'decided_by_operator' | null
  /** UnionPay’s own code (respCode). */
  unionpay_code: string | null
  /** UnionPay’s own words (respMsg). */
  unionpay_text: string | null
  /** What the code means; null without a code. */
  explanation: {
    /** In English, for the operator. */
    operator: string
    /** In Chinese, for the payer. */
    payer: string
  } | null
  /** UnionPay’s number of the transaction (银联流水号). */
  query_id: string | null
  /** When we accepted it. ISO 8601, UTC. */
  accepted_at: string
  /** When its outcome became known. ISO 8601, UTC. */
  settled_at: string | null
  /** The clearing day, once UnionPay named it. A day in Beijing, YYYY-MM-DD. */
  settle_on: string | null
  /** What a pending one waits for: UnionPay’s notification and our queries, the statement file, a person. */
  waits_for: 'notification' | 'statement' | 'manual_review' | null
  /** When UnionPay is asked next, unless it tells before. ISO 8601, UTC. */
  next_query_at: string | null
  /** What succeeded refunds and cancels gave back. Fen (1/100 yuan). */
  refunded_fen: number
}

/** A charge with its history, oldest first, and all its refunds. */
export type ChargeDetail = {
  /** Our number, and UnionPay’s 商户订单号. */
  order_id: string
  /** Your number. */
  merchant_order_no: string
  /** 商户号 it was charged by. */
  merchant_no: string
  /** Our id of the contract. */
  contract: string
  /** Your id of the person who pays. */
  user_id: string
  /** The plan it was signed for. */
  plan_id: string
  /** The amount. Fen (1/100 yuan). */
  amount_fen: number
  /** What the payer reads. */
  description: string
  /** A pending one may still become either: wait, do not charge again. */
  state: 'pending' | 'succeeded' | 'failed'
  /** A person has to look at it; meanwhile it can be neither given back nor charged again. */
  needs_review: boolean
  /** Why a person has to look: the sources contradict each other, a verified message names another amount, time or currency, UnionPay said A6, it is paid here and not in the statement of its day, or two charges of one merchant_order_no are paid. */
  review_reason: 'failed_after_success' | 'succeeded_after_failure' | 'differs_from_order' | 'succeeded_with_defect' | 'absent_from_statement' | 'paid_twice' | null
  /** Why it failed. declined: UnionPay or the bank said no, `unionpay_code` tells; not_sent: it never left us, nothing was taken. */
  reason: 'declined' | 'not_sent' | 'decided_by_operator' | null
  /** UnionPay’s own code (respCode). */
  unionpay_code: string | null
  /** UnionPay’s own words (respMsg). */
  unionpay_text: string | null
  /** What the code means; null without a code. */
  explanation: {
    /** In English, for the operator. */
    operator: string
    /** In Chinese, for the payer. */
    payer: string
  } | null
  /** UnionPay’s number of the transaction (银联流水号). */
  query_id: string | null
  /** When we accepted it. ISO 8601, UTC. */
  accepted_at: string
  /** When its outcome became known. ISO 8601, UTC. */
  settled_at: string | null
  /** The clearing day, once UnionPay named it. A day in Beijing, YYYY-MM-DD. */
  settle_on: string | null
  /** What a pending one waits for: UnionPay’s notification and our queries, the statement file, a person. */
  waits_for: 'notification' | 'statement' | 'manual_review' | null
  /** When UnionPay is asked next, unless it tells before. ISO 8601, UTC. */
  next_query_at: string | null
  /** What succeeded refunds and cancels gave back. Fen (1/100 yuan). */
  refunded_fen: number
  /** Oldest first. */
  history: OrderHistory[]
  /** Oldest first. */
  refunds: Refund[]
}

/** One page, newest first. */
export type ChargePage = {
  /** At most `limit` of them. */
  charges: Charge[]
  /** Send it as `cursor` for the next page; null when there is no more. */
  next_cursor: string | null
}

/** A contract of one person for one plan. */
export type Contract = {
  /** Our id of the contract; send it as `contract`. */
  id: string
  /** UnionPay’s 签约协议号, masked; empty until it is known. */
  contract_id_masked: string
  /** 应用方签约号, ours. */
  contract_code: string
  /** Your id of the person; one that begins with made- until the wallet is bound to a user of yours. */
  user_id: string
  /** The plan it was signed for. */
  plan_id: string
  plan: Plan
  /** Only an active contract can be charged. A terminated one is never reopened: signing again makes a new one. */
  state: 'applying' | 'active' | 'abandoned' | 'rejected' | 'terminating' | 'terminated'
  /** When it was signed. ISO 8601, UTC. */
  signed_at: string | null
  /** When it ended. ISO 8601, UTC. */
  terminated_at: string | null
  /** Who ended it. */
  ended_by: 'payer_here' | 'payer_in_wallet' | 'merchant' | 'unionpay' | null
  /** A person has to look at it. */
  needs_review: boolean
  /** The H5 in the wallet, or the SDK in your own app. */
  signed_through: 'h5' | 'sdk'
}

/** A contract with its history. */
export type ContractDetail = {
  /** Our id of the contract; send it as `contract`. */
  id: string
  /** UnionPay’s 签约协议号, masked; empty until it is known. */
  contract_id_masked: string
  /** 应用方签约号, ours. */
  contract_code: string
  /** Your id of the person; one that begins with made- until the wallet is bound to a user of yours. */
  user_id: string
  /** The plan it was signed for. */
  plan_id: string
  plan: Plan
  /** Only an active contract can be charged. A terminated one is never reopened: signing again makes a new one. */
  state: 'applying' | 'active' | 'abandoned' | 'rejected' | 'terminating' | 'terminated'
  /** When it was signed. ISO 8601, UTC. */
  signed_at: string | null
  /** When it ended. ISO 8601, UTC. */
  terminated_at: string | null
  /** Who ended it. */
  ended_by: 'payer_here' | 'payer_in_wallet' | 'merchant' | 'unionpay' | null
  /** A person has to look at it. */
  needs_review: boolean
  /** The H5 in the wallet, or the SDK in your own app. */
  signed_through: 'h5' | 'sdk'
  /** Oldest first. */
  history: ContractHistory[]
  account: Account
  /** What charges of today (Beijing) use of `plan.daily_limit_fen`; refunds do not lower it. Fen (1/100 yuan). */
  used_today_fen: number
}

/** One change of state. */
export type ContractHistory = {
  /** When. ISO 8601, UTC. */
  at: string
  /** Only an active contract can be charged. A terminated one is never reopened: signing again makes a new one. */
  from: 'applying' | 'active' | 'abandoned' | 'rejected' | 'terminating' | 'terminated' | null
  /** Only an active contract can be charged. A terminated one is never reopened: signing again makes a new one. */
  to: 'applying' | 'active' | 'abandoned' | 'rejected' | 'terminating' | 'terminated'
  /** The source of this change. */
  source: 'start' | 'return' | 'apply' | 'info' | 'relieve' | 'notice' | 'sweep' | 'job' | 'payer' | 'merchant'
  /** A word of ours. */
  reason: string | null
}

/** One page, newest first. */
export type ContractPage = {
  /** At most `limit` of them. */
  contracts: Contract[]
  /** Send it as `cursor` for the next page; null when there is no more. */
  next_cursor: string | null
}

/** The notice a payer gets before a renewal is debited. */
export type DebitNotice = {
  /** Our id of the notice. */
  id: string
  /** Our id of the contract. */
  contract: string
  /** price_change: the amount differs from what was debited last. */
  kind: 'renewal' | 'price_change'
  /** What will be debited. Fen (1/100 yuan). */
  amount_fen: number
  /** Of a price change: what was debited last. Fen (1/100 yuan). */
  previous_amount_fen: number | null
  /** The day of the debit. A day in Beijing, YYYY-MM-DD. */
  debit_on: string
  /** What is debited. */
  description: string
  /** As the notice to the payer said. */
  way_to_cancel: string
  /** When it was announced. ISO 8601, UTC. */
  announced_at: string
  /** When it was withdrawn. ISO 8601, UTC. */
  withdrawn_at: string | null
  /** Each way the payer was notified. */
  deliveries: ({
    /** How the payer was notified. */
    channel: 'mini_app' | 'sms' | 'push' | 'mail' | 'letter' | 'other'
    /** Your own number of the message. */
    proof: string | null
    /** When you said so. ISO 8601, UTC. */
    delivered_at: string
  })[]
}

/** One page, newest first. */
export type DebitNoticePage = {
  /** At most `limit` of them. */
  debit_notices: DebitNotice[]
  /** Send it as `cursor` for the next page; null when there is no more. */
  next_cursor: string | null
}

/** Every refusal and fault has this one shape. */
export type ErrorAnswer = {
  /** Stable; decide by it, never by the message. */
  code: 'bad_request' | 'not_signed_in' | 'session_unproved' | 'api_key_invalid' | 'verb_not_allowed' | 'origin_refused' | 'not_found' | 'plan_unknown' | 'plan_withdrawn' | 'body_too_large' | 'rate_limited' | 'ticket_invalid' | 'ticket_expired' | 'ticket_replayed' | 'account_conflict' | 'account_unconfirmed' | 'consent_missing' | 'already_signed' | 'signing_in_progress' | 'state_unknown' | 'state_used' | 'state_foreign' | 'sign_in_failed' | 'wallet_refused' | 'contract_not_active' | 'contract_in_review' | 'contract_unknown' | 'idempotency_key_missing' | 'idempotency_key_reused' | 'idempotency_key_busy' | 'merchant_order_taken' | 'merchant_no_unknown' | 'merchant_no_refused' | 'over_single_limit' | 'over_daily_limit' | 'debit_not_announced' | 'debit_notice_too_late' | 'operator_refused' | 'role_too_low' | 'approval_required' | 'approval_pending' | 'approval_own' | 'approval_of_another' | 'approval_decided' | 'debit_notice_exists' | 'charge_not_refundable' | 'nothing_to_resolve' | 'charge_has_refunds' | 'refund_exceeds_charge' | 'refund_excluded' | 'refund_too_late' | 'cancel_too_late' | 'cancel_not_allowed' | 'break_not_open' | 'break_action_refused' | 'statement_busy' | 'erasure_contract_open' | 'erasure_order_open' | 'feed_expired' | 'feed_position_unknown' | 'webhook_url_refused' | 'unionpay_unavailable' | 'overloaded' | 'database_lost' | 'notification_invalid' | 'internal'
  /** What happened, in English. */
  message: string
  /** What to do about it. */
  what_to_do: string
  /** Tell it to the operator; the log has it too. */
  request_id: string
  /** Of bad_request: what is wrong. */
  fields?: ({
    /** Which field. */
    path: string
    /** What is wrong with it. */
    problem: string
  })[]
}

/** An event: what its webhook says. */
export type FeedEvent = {
  /** Its place in the feed. It rises; numbers may be left out. */
  position: number
  /** What happened. */
  type: 'contract.activated' | 'contract.terminated' | 'user.bound' | 'charge.succeeded' | 'charge.failed' | 'charge.needs_review' | 'charge.paid_twice' | 'refund.succeeded' | 'refund.failed' | 'refund.needs_review' | 'reconciliation.break' | 'webhook.test'
  /** When it happened. It need not rise. ISO 8601, UTC. */
  timestamp: string
  /** The thing it is about, as it is now: it may be further on than the type says. */
  data: {
    charge: Charge
  } | {
    refund: Refund
  } | {
    contract: Contract
  } | {
    user: BoundUser
  } | {
    break: Break
  }
}

/** Events after a position. */
export type FeedPage = {
  /** Positions rise. May be empty while `has_more` is true: a key that is bound to plans passes over what belongs to others. */
  events: FeedEvent[]
  /** Send it as `after` to go on. */
  next_after: number
  /** There is more by now; false: ask again in a while. */
  has_more: boolean
}

/** The process answers. */
export type Life = {
  /** Always true. */
  live: boolean
}

/** One thing that happened to a charge or refund. */
export type OrderHistory = {
  /** When. ISO 8601, UTC. */
  at: string
  /** A pending one may still become either: wait, do not charge again. */
  from: 'pending' | 'succeeded' | 'failed' | null
  /** A pending one may still become either: wait, do not charge again. */
  to: 'pending' | 'succeeded' | 'failed'
  /** The source of this change. */
  source: 'merchant' | 'answer' | 'notification' | 'query' | 'statement' | 'job' | 'operator'
  /** Why. unexplained: neither notification nor query nor statement named an outcome; from here on it needs manual review. */
  reason: 'declined' | 'not_sent' | 'decided_by_operator' | 'failed_after_success' | 'succeeded_after_failure' | 'differs_from_order' | 'succeeded_with_defect' | 'absent_from_statement' | 'paid_twice' | 'paid_once' | 'unexplained' | null
  /** UnionPay’s own code (respCode). */
  unionpay_code: string | null
  /** The person who decided; through the API also the key. */
  author: string | null
}

/** A signing template (签约模板) of the catalogue. */
export type Plan = {
  /** 签约模板标题. */
  title: string
  /** UnionPay’s number of the template. */
  plan_id: string
  /** 交通出行, 车主服务, 智慧零售, 生活缴费. */
  scenario: 'transport' | 'car' | 'retail' | 'living'
  /** The use within it. */
  sub_scenario: string
  /** 接入方简称, the name on the bill. */
  payee: string
  /** 签约套餐内容. */
  content: string
  /** The most one charge may take. Fen (1/100 yuan). */
  single_limit_fen: number
  /** The most one contract may be charged in a Beijing day. Fen (1/100 yuan). */
  daily_limit_fen: number
  /** Only a credit card may be bound. */
  credit_card_required: boolean
  /** UnionPay compares the mobile number. */
  verify_mobile: boolean
  /** UnionPay compares the identity number. */
  verify_identity: boolean
  /** 银联垫付: UnionPay advances the amount where the card does not pay. */
  unionpay_advances: boolean
  /** Can be ended only with the merchant, not in the wallet. */
  offline: boolean
  /** New contracts may be signed. */
  accepts_new: boolean
  /** For a renewal plan: how many whole days before each debit the payer is notified. Null: no notice. */
  notice_days: number | null
}

/** Every plan this key covers; there is no second page. */
export type PlanList = {
  /** In the catalogue’s order. */
  plans: Plan[]
}

/** Whether it can do its work. */
export type Readiness = {
  /** Send it requests. */
  ready: boolean
  /** The database answers. */
  database: boolean
  /** A graceful stop has begun. */
  stopping: boolean
}

/** A refund or a cancel of a charge. */
export type Refund = {
  /** Our number of the refund, and UnionPay’s 商户订单号. */
  order_id: string
  /** order_id of the charge. */
  charge: string
  /** refund: part or all of it, several times; cancel: all of it, on its clearing day. */
  kind: 'refund' | 'cancel'
  /** The amount. Fen (1/100 yuan). */
  amount_fen: number
  /** What the payer reads. */
  description: string
  /** A pending one may still become either: wait, do not charge again. */
  state: 'pending' | 'succeeded' | 'failed'
  /** A person has to look at it; meanwhile it can be neither given back nor charged again. */
  needs_review: boolean
  /** Why a person has to look: the sources contradict each other, a verified message names another amount, time or currency, UnionPay said A6, it is paid here and not in the statement of its day, or two charges of one merchant_order_no are paid. */
  review_reason: 'failed_after_success' | 'succeeded_after_failure' | 'differs_from_order' | 'succeeded_with_defect' | 'absent_from_statement' | 'paid_twice' | null
  /** Why it failed. declined: UnionPay or the bank said no, `unionpay_code` tells; not_sent: it never left us, nothing was taken. */
  reason: 'declined' | 'not_sent' | 'decided_by_operator' | null
  /** UnionPay’s own code (respCode). */
  unionpay_code: string | null
  /** UnionPay’s own words (respMsg). */
  unionpay_text: string | null
  /** What the code means; null without a code. */
  explanation: {
    /** In English, for the operator. */
    operator: string
    /** In Chinese, for the payer. */
    payer: string
  } | null
  /** UnionPay’s number of the transaction (银联流水号). */
  query_id: string | null
  /** When we accepted it. ISO 8601, UTC. */
  accepted_at: string
  /** When its outcome became known. ISO 8601, UTC. */
  settled_at: string | null
  /** The clearing day, once UnionPay named it. A day in Beijing, YYYY-MM-DD. */
  settle_on: string | null
  /** What a pending one waits for: UnionPay’s notification and our queries, the statement file, a person. */
  waits_for: 'notification' | 'statement' | 'manual_review' | null
  /** When UnionPay is asked next, unless it tells before. ISO 8601, UTC. */
  next_query_at: string | null
}

/** One page, newest first. */
export type RefundPage = {
  /** At most `limit` of them. */
  refunds: Refund[]
  /** Send it as `cursor` for the next page; null when there is no more. */
  next_cursor: string | null
}

/** What a replay set going. */
export type Replayed = {
  /** So many deliveries. */
  replayed: number
}

/** What your app hands to the SDK (SDK signing). */
export type SdkSigning = {
  /** Our id of the attempt; complete it with the code the SDK returns. */
  signing_id: string
  /** Your appId at the open platform. */
  app_id: string
  /** The plan to sign. */
  plan_id: string
  /** The scope to ask for. */
  scope: string
  /** The state to hand over; single use. */
  state: string
  /** The attempt ends then. ISO 8601, UTC. */
  expires_at: string
}

/** An attempt to sign, and the contract it became. */
export type Signing = {
  /** Our id of the attempt. */
  signing_id: string
  plan: Plan
  /** waiting: at UnionPay’s page; processing: the outcome is not known yet; cancelled: the person did not agree; expired: never came back. */
  state: 'waiting' | 'processing' | 'succeeded' | 'failed' | 'cancelled' | 'expired'
  /** Why it did not succeed, or not yet (outcome_unknown: asked, no answer yet; we ask again). already_signed: it succeeded through another attempt, whose contract this is. */
  reason: 'wallet_error' | 'returned_empty' | 'code_refused' | 'wallet_foreign' | 'already_signed' | 'already_signed_elsewhere' | 'rejected' | 'unionpay_silent' | 'outcome_unknown' | 'never_returned' | null
  /** UnionPay’s own code, for a support call. */
  unionpay_code: string | null
  /** Once it is signed. */
  contract: Contract | null
  /** When it began. ISO 8601, UTC. */
  started_at: string
  /** When we will know more at the earliest. ISO 8601, UTC. */
  next_check_at: string | null
}

/** The morning file of one clearing day and merchant number, and what comparing it found. */
export type Statement = {
  /** Our id of the statement. */
  id: string
  /** 商户号. */
  merchant_no: string
  /** The clearing day. A day in Beijing, YYYY-MM-DD. */
  day: string
  /** awaited: not here yet; reconciled: read to its end and compared; malformed: came and cannot be read; missing: given up. */
  state: 'awaited' | 'reconciled' | 'malformed' | 'missing'
  /** Why the last asking brought nothing. */
  problem: string | null
  /** When UnionPay is asked next by itself; null: no more. ISO 8601, UTC. */
  next_fetch_at: string | null
  /** SHA-256 of the zip. */
  digest: string | null
  /** How many different files UnionPay gave for this day. */
  issues: number
  /** Lines of the file. */
  lines: number | null
  /** What it says was charged. Fen (1/100 yuan). */
  charged_fen: number | null
  /** What it says was given back. Fen (1/100 yuan). */
  returned_fen: number | null
  /** The fees in it. Fen (1/100 yuan). */
  fee_fen: number | null
  /** Orders whose outcome only the statement revealed. */
  settled_orders: number
  /** What the last comparison found, even beyond the ten thousand that are listed, and what the next day’s statement added. */
  breaks_found: number
  /** Those listed that nobody has dealt with; also of earlier comparisons, until one no longer finds them. */
  open_breaks: number
  /** When the file came. ISO 8601, UTC. */
  fetched_at: string | null
  /** When it was compared. ISO 8601, UTC. */
  reconciled_at: string | null
}

/** One page, newest first. */
export type StatementPage = {
  /** At most `limit` of them. */
  statements: Statement[]
  /** Send it as `cursor` for the next page; null when there is no more. */
  next_cursor: string | null
}

/** How one event was brought to one endpoint. */
export type WebhookDelivery = {
  /** Our id of the delivery. */
  id: string
  /** The webhook-id; the same at every endpoint and every attempt. */
  event: string
  /** Our id of the endpoint. */
  endpoint: string
  /** What happened. */
  type: 'contract.activated' | 'contract.terminated' | 'user.bound' | 'charge.succeeded' | 'charge.failed' | 'charge.needs_review' | 'charge.paid_twice' | 'refund.succeeded' | 'refund.failed' | 'refund.needs_review' | 'reconciliation.break' | 'webhook.test'
  /** The order_id, or our id of the contract, break or binding. */
  subject: string
  /** When it happened. ISO 8601, UTC. */
  occurred_at: string
  /** given_up: after twelve attempts in three days. */
  state: 'pending' | 'delivered' | 'given_up'
  /** Of a pending one. ISO 8601, UTC. */
  next_attempt_at: string | null
  /** When it was taken. ISO 8601, UTC. */
  delivered_at: string | null
  /** The last twenty, oldest first. */
  attempts: ({
    /** When. ISO 8601, UTC. */
    at: string
    /** HTTP status; null: no answer. */
    status: number | null
    /** How long it took, in milliseconds. */
    ms: number
    /** not_reached, timeout, broken_answer, inside_address, subject_gone or not_written. */
    problem: string | null
  })[]
}

/** One page, newest first. */
export type WebhookDeliveryPage = {
  /** At most `limit` of them. */
  webhook_deliveries: WebhookDelivery[]
  /** Send it as `cursor` for the next page; null when there is no more. */
  next_cursor: string | null
}

/** An address of yours that hears of events. */
export type WebhookEndpoint = {
  /** Our id of the endpoint. */
  id: string
  /** Where webhooks go. */
  url: string
  /** Which are sent; empty: every type. */
  types: ('contract.activated' | 'contract.terminated' | 'user.bound' | 'charge.succeeded' | 'charge.failed' | 'charge.needs_review' | 'charge.paid_twice' | 'refund.succeeded' | 'refund.failed' | 'refund.needs_review' | 'reconciliation.break' | 'webhook.test')[]
  /** A disabled one is sent nothing; what happened meanwhile can be replayed. */
  state: 'active' | 'disabled'
  /** failed_too_long: nothing but failures for three days; answered_gone: status 410. */
  disabled_reason: 'failed_too_long' | 'answered_gone' | 'by_hand' | null
  /** The first failure since the last success. ISO 8601, UTC. */
  failing_since: string | null
  /** After a rotation both secrets sign until then. ISO 8601, UTC. */
  old_secret_until: string | null
  /** When. ISO 8601, UTC. */
  created_at: string
}

/** One page, newest first. */
export type WebhookEndpointPage = {
  /** At most `limit` of them. */
  webhook_endpoints: WebhookEndpoint[]
  /** Send it as `cursor` for the next page; null when there is no more. */
  next_cursor: string | null
}

/** An endpoint with its new secret, which is shown this once. */
export type WebhookEndpointSecret = {
  /** Our id of the endpoint. */
  id: string
  /** Where webhooks go. */
  url: string
  /** Which are sent; empty: every type. */
  types: ('contract.activated' | 'contract.terminated' | 'user.bound' | 'charge.succeeded' | 'charge.failed' | 'charge.needs_review' | 'charge.paid_twice' | 'refund.succeeded' | 'refund.failed' | 'refund.needs_review' | 'reconciliation.break' | 'webhook.test')[]
  /** A disabled one is sent nothing; what happened meanwhile can be replayed. */
  state: 'active' | 'disabled'
  /** failed_too_long: nothing but failures for three days; answered_gone: status 410. */
  disabled_reason: 'failed_too_long' | 'answered_gone' | 'by_hand' | null
  /** The first failure since the last success. ISO 8601, UTC. */
  failing_since: string | null
  /** After a rotation both secrets sign until then. ISO 8601, UTC. */
  old_secret_until: string | null
  /** When. ISO 8601, UTC. */
  created_at: string
  /** For verifying: whsec_ and Base64. */
  secret: string
}

/** The body of a webhook. */
export type WebhookEvent = {
  /** What happened. */
  type: 'contract.activated' | 'contract.terminated' | 'user.bound' | 'charge.succeeded' | 'charge.failed' | 'charge.needs_review' | 'charge.paid_twice' | 'refund.succeeded' | 'refund.failed' | 'refund.needs_review' | 'reconciliation.break' | 'webhook.test'
  /** When it happened. ISO 8601, UTC. */
  timestamp: string
  /** Its place in the feed (`GET /v1/events`). Null: a test, or an event of before the feed. */
  position: number | null
  /** The thing it is about, as it is when the webhook is sent: it may be further on than the type says. */
  data: {
    charge: Charge
  } | {
    refund: Refund
  } | {
    contract: Contract
  } | {
    user: BoundUser
  } | {
    break: Break
  } | {
    /** Our id of the endpoint. */
    test: string
  }
}

/** What each operation takes and gives. */
export type Operations = {
  /** Start a signing in your own app */
  startSdkSigning: { input: { body: {
  /** Your own id of the person. */
  user_id: string
  /** UnionPay’s number of the signing template (签约模板). */
  plan_id: string
  /** A name the person knows himself by. */
  display_name?: string
} }; answer: SdkSigning }
  /** Complete it with the code */
  completeSdkSigning: { input: { path: { id: string }; body: {
  /** The code the SDK returned, as it is. */
  code: string
} }; answer: Signing }
  /** Read a signing */
  readSigning: { input: { path: { id: string } }; answer: Signing }
  /** List the plans */
  listPlans: { input: {}; answer: PlanList }
  /** List contracts */
  listContracts: { input: { query?: { user_id?: string; plan_id?: string; state?: 'applying' | 'active' | 'abandoned' | 'rejected' | 'terminating' | 'terminated'; cursor?: string; limit?: string } }; answer: ContractPage }
  /** Read a contract */
  readContract: { input: { path: { id: string } }; answer: ContractDetail }
  /** End a contract */
  terminateContract: { input: { path: { id: string } }; answer: ContractDetail }
  /** Charge a contract */
  createCharge: { input: { idempotency_key: string; body: {
  /** Your own number for what is paid. A second charge for it is refused while an earlier one may be paid. */
  merchant_order_no: string
  /** Fen (1/100 yuan): 350 is ¥3.50. */
  amount_fen: number
  /** One line the payer reads on the bill. */
  description: string
  /** 商户号, one of ACP_MERCHANTS. */
  merchant_no: string
  /** UnionPay’s 签约协议号. Name the contract in exactly one way. */
  contract_id?: string
  /** Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible. */
  contract?: string
  /** Your own id of the person. */
  user_id?: string
  /** UnionPay’s number of the signing template (签约模板). */
  plan_id?: string
} }; answer: Charge }
  /** List charges */
  listCharges: { input: { query?: { state?: 'pending' | 'succeeded' | 'failed'; needs_review?: 'true' | 'false'; merchant_no?: string; from?: string; to?: string; cursor?: string; limit?: string; contract?: string; plan_id?: string; user_id?: string; merchant_order_no?: string } }; answer: ChargePage }
  /** Say what a person found out */
  resolveCharge: { input: { path: { order_id: string }; body: {
  /** What the person found out. */
  decision: 'paid' | 'not_paid'
  /** Who says so. The history names the API key behind it. */
  author: string
} }; answer: ChargeDetail }
  /** Read a charge */
  readCharge: { input: { path: { order_id: string } }; answer: ChargeDetail }
  /** Refund a charge */
  createRefund: { input: { path: { order_id: string }; idempotency_key: string; body: {
  /** Fen (1/100 yuan): 350 is ¥3.50. */
  amount_fen?: number
  /** One line the payer reads on the bill. */
  description: string
} }; answer: Refund }
  /** Cancel a charge */
  cancelCharge: { input: { path: { order_id: string }; idempotency_key: string; body: {
  /** One line the payer reads on the bill. */
  description: string
} }; answer: Refund }
  /** Say what a person found out */
  resolveRefund: { input: { path: { order_id: string }; body: {
  /** What the person found out. */
  decision: 'paid' | 'not_paid'
  /** Who says so. The history names the API key behind it. */
  author: string
} }; answer: Refund }
  /** List refunds and cancels */
  listRefunds: { input: { query?: { state?: 'pending' | 'succeeded' | 'failed'; needs_review?: 'true' | 'false'; merchant_no?: string; from?: string; to?: string; cursor?: string; limit?: string; charge?: string } }; answer: RefundPage }
  /** Read a refund */
  readRefund: { input: { path: { order_id: string } }; answer: Refund }
  /** Announce a debit */
  announceDebit: { input: { path: { id: string }; body: {
  /** A day in Beijing, YYYY-MM-DD. */
  debit_on: string
  /** Fen (1/100 yuan): 350 is ¥3.50. */
  amount_fen: number
  /** One line the payer reads on the bill. */
  description: string
  /** How the payer can prevent it, in the words that the payer is shown. */
  way_to_cancel: string
} }; answer: DebitNotice }
  /** Say how it was sent */
  reportDelivery: { input: { path: { id: string }; body: {
  /** How the payer was notified. */
  channel: 'sms' | 'push' | 'mail' | 'letter' | 'other'
  /** Your own number of the message. */
  proof?: string
} }; answer: DebitNotice }
  /** Withdraw it */
  withdrawDebitNotice: { input: { path: { id: string }; body: Record<string, never> }; answer: DebitNotice }
  /** List debit notices */
  listDebitNotices: { input: { query?: { contract?: string; from?: string; to?: string; cursor?: string; limit?: string } }; answer: DebitNoticePage }
  /** Export the proof */
  exportDebitNoticeProof: { input: { query: { from: string; to: string } }; answer: string }
  /** Read a debit notice */
  readDebitNotice: { input: { path: { id: string } }; answer: DebitNotice }
  /** List statements */
  listStatements: { input: { query?: { merchant_no?: string; state?: 'awaited' | 'reconciled' | 'malformed' | 'missing'; from?: string; to?: string; limit?: string; cursor?: string } }; answer: StatementPage }
  /** Read a statement */
  readStatement: { input: { path: { id: string } }; answer: Statement }
  /** List the breaks of a statement */
  listBreaks: { input: { path: { id: string }; query?: { kind?: 'ours_only' | 'theirs_only' | 'amount' | 'state' | 'duplicate' | 'fee' | 'adjustment' | 'not_compared'; state?: 'open' | 'resolved' | 'gone'; order_id?: string; cursor?: string; limit?: string } }; answer: BreakPage }
  /** Read a break */
  readBreak: { input: { path: { id: string } }; answer: Break }
  /** Do something about a break */
  resolveBreak: { input: { path: { id: string }; body: {
  /** One of the break’s `actions`. */
  action: 'mark_paid' | 'mark_not_paid' | 'acknowledge'
  /** Who says so. The break names the API key behind it. */
  author: string
  /** Why. */
  note: string
  /** Only tell what would happen. */
  dry_run?: boolean
} }; answer: BreakResolution }
  /** Add an endpoint */
  addWebhookEndpoint: { input: { body: {
  /** Where webhooks go: https, and a public address unless WEBHOOK_PRIVATE_ADDRESSES is on. */
  url: string
  /** Which to send; empty or absent: every type. */
  types?: ('contract.activated' | 'contract.terminated' | 'user.bound' | 'charge.succeeded' | 'charge.failed' | 'charge.needs_review' | 'charge.paid_twice' | 'refund.succeeded' | 'refund.failed' | 'refund.needs_review' | 'reconciliation.break' | 'webhook.test')[]
} }; answer: WebhookEndpointSecret }
  /** List endpoints */
  listWebhookEndpoints: { input: { query?: { cursor?: string; limit?: string } }; answer: WebhookEndpointPage }
  /** Read an endpoint */
  readWebhookEndpoint: { input: { path: { id: string } }; answer: WebhookEndpoint }
  /** Remove an endpoint */
  removeWebhookEndpoint: { input: { path: { id: string } }; answer: WebhookEndpoint }
  /** Disable an endpoint */
  disableWebhookEndpoint: { input: { path: { id: string }; body: Record<string, never> }; answer: WebhookEndpoint }
  /** Enable an endpoint */
  enableWebhookEndpoint: { input: { path: { id: string }; body: Record<string, never> }; answer: WebhookEndpoint }
  /** Rotate the secret */
  rotateWebhookSecret: { input: { path: { id: string }; body: Record<string, never> }; answer: WebhookEndpointSecret }
  /** Send a test */
  testWebhookEndpoint: { input: { path: { id: string }; body: Record<string, never> }; answer: WebhookDelivery }
  /** Replay a stretch of time */
  replayWebhooks: { input: { path: { id: string }; body: {
  /** ISO 8601 with offset; in an address write + as %2B. */
  from: string
  /** ISO 8601 with offset; in an address write + as %2B. */
  to?: string
} }; answer: Replayed }
  /** Read the delivery log */
  listWebhookDeliveries: { input: { query?: { endpoint?: string; event?: string; state?: 'pending' | 'delivered' | 'given_up'; type?: 'contract.activated' | 'contract.terminated' | 'user.bound' | 'charge.succeeded' | 'charge.failed' | 'charge.needs_review' | 'charge.paid_twice' | 'refund.succeeded' | 'refund.failed' | 'refund.needs_review' | 'reconciliation.break' | 'webhook.test'; cursor?: string; limit?: string } }; answer: WebhookDeliveryPage }
  /** Replay one delivery */
  replayWebhookDelivery: { input: { path: { id: string }; body: Record<string, never> }; answer: WebhookDelivery }
  /** Read the feed of events */
  readEvents: { input: { query?: { after?: string; limit?: string } }; answer: FeedPage }
}

export const operations = {
  startSdkSigning: { method: 'POST', path: '/v1/signings' },
  completeSdkSigning: { method: 'POST', path: '/v1/signings/{id}/complete' },
  readSigning: { method: 'GET', path: '/v1/signings/{id}' },
  listPlans: { method: 'GET', path: '/v1/plans' },
  listContracts: { method: 'GET', path: '/v1/contracts' },
  readContract: { method: 'GET', path: '/v1/contracts/{id}' },
  terminateContract: { method: 'POST', path: '/v1/contracts/{id}/terminate' },
  createCharge: { method: 'POST', path: '/v1/charges' },
  listCharges: { method: 'GET', path: '/v1/charges' },
  resolveCharge: { method: 'POST', path: '/v1/charges/{order_id}/resolution' },
  readCharge: { method: 'GET', path: '/v1/charges/{order_id}' },
  createRefund: { method: 'POST', path: '/v1/charges/{order_id}/refunds' },
  cancelCharge: { method: 'POST', path: '/v1/charges/{order_id}/cancel' },
  resolveRefund: { method: 'POST', path: '/v1/refunds/{order_id}/resolution' },
  listRefunds: { method: 'GET', path: '/v1/refunds' },
  readRefund: { method: 'GET', path: '/v1/refunds/{order_id}' },
  announceDebit: { method: 'POST', path: '/v1/contracts/{id}/debit-notices' },
  reportDelivery: { method: 'POST', path: '/v1/debit-notices/{id}/deliveries' },
  withdrawDebitNotice: { method: 'POST', path: '/v1/debit-notices/{id}/withdrawal' },
  listDebitNotices: { method: 'GET', path: '/v1/debit-notices' },
  exportDebitNoticeProof: { method: 'GET', path: '/v1/debit-notices/proof' },
  readDebitNotice: { method: 'GET', path: '/v1/debit-notices/{id}' },
  listStatements: { method: 'GET', path: '/v1/statements' },
  readStatement: { method: 'GET', path: '/v1/statements/{id}' },
  listBreaks: { method: 'GET', path: '/v1/statements/{id}/breaks' },
  readBreak: { method: 'GET', path: '/v1/breaks/{id}' },
  resolveBreak: { method: 'POST', path: '/v1/breaks/{id}/resolution' },
  addWebhookEndpoint: { method: 'POST', path: '/v1/webhook-endpoints' },
  listWebhookEndpoints: { method: 'GET', path: '/v1/webhook-endpoints' },
  readWebhookEndpoint: { method: 'GET', path: '/v1/webhook-endpoints/{id}' },
  removeWebhookEndpoint: { method: 'DELETE', path: '/v1/webhook-endpoints/{id}' },
  disableWebhookEndpoint: { method: 'POST', path: '/v1/webhook-endpoints/{id}/disable' },
  enableWebhookEndpoint: { method: 'POST', path: '/v1/webhook-endpoints/{id}/enable' },
  rotateWebhookSecret: { method: 'POST', path: '/v1/webhook-endpoints/{id}/rotation' },
  testWebhookEndpoint: { method: 'POST', path: '/v1/webhook-endpoints/{id}/test' },
  replayWebhooks: { method: 'POST', path: '/v1/webhook-endpoints/{id}/replay' },
  listWebhookDeliveries: { method: 'GET', path: '/v1/webhook-deliveries' },
  replayWebhookDelivery: { method: 'POST', path: '/v1/webhook-deliveries/{id}/replay' },
  readEvents: { method: 'GET', path: '/v1/events' },
} as const satisfies Record<keyof Operations, { method: string; path: string }>

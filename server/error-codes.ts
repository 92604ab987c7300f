/**
 * The closed list of refusals and faults a caller can receive. Each is mapped exactly once to a
 * status, a sentence and what to do about it; `web/text` must hold a sentence for every code.
 */
export const errors = {
  bad_request: [
    400,
    'The request does not match the schema.',
    'Correct what `fields` names; the API page has the schema.',
  ],
  not_signed_in: [401, 'There is no valid session.', 'Sign in again.'],
  session_unproved: [
    401,
    'This web view has not proved lately whose wallet is open.',
    'Prove it by a code from the wallet, then repeat the request.',
  ],
  api_key_invalid: [
    401,
    'The API key is missing or unknown.',
    'Send `Authorization: Bearer <key>`; make one with `npx wugan key create`.',
  ],
  verb_not_allowed: [
    403,
    'This API key does not allow this.',
    'Use a key with this verb and this plan.',
  ],
  origin_refused: [
    403,
    'The request came from another site.',
    'Call the API from the pages this server serves.',
  ],
  not_found: [
    404,
    'This caller has nothing with this identifier.',
    'Check the identifier and the account that asks.',
  ],
  plan_unknown: [404, 'There is no such plan.', 'Read the list of plans.'],
  plan_withdrawn: [409, 'This plan takes no new contracts.', 'Choose another plan.'],
  body_too_large: [413, 'The request body is too large.', 'Send less.'],
  rate_limited: [429, 'Too many requests.', 'Wait for the time in the retry-after header.'],
  ticket_invalid: [
    400,
    'The sign-in ticket is not valid.',
    'Mint a new ticket; compare secret, audience and algorithm.',
  ],
  ticket_expired: [
    400,
    'The sign-in ticket has expired or lives too long.',
    'Mint it when the link is opened; it is valid for five minutes at most.',
  ],
  ticket_replayed: [
    409,
    'The sign-in ticket has been used before.',
    'Mint a new ticket each time the page is opened.',
  ],
  account_conflict: [
    409,
    'This wallet already pays for another account.',
    'Continue with that account, or end its contracts first.',
  ],
  account_unconfirmed: [
    409,
    'The payer has not yet said for which account this wallet pays.',
    'POST /api/session/account first.',
  ],
  consent_missing: [
    422,
    'Consent is required before signing.',
    'Ask the payer; send agreed: true only after they agreed.',
  ],
  already_signed: [
    409,
    'There is already an active contract for this plan.',
    'Read the contracts of this user.',
  ],
  signing_in_progress: [
    409,
    'UnionPay is still being asked about a signing of this plan.',
    'Read the result of that signing; it resolves by itself.',
  ],
  state_unknown: [409, 'This return belongs to no known signing.', 'Start again from the plan.'],
  state_used: [409, 'This return has been used before.', 'Read the result of the signing.'],
  state_foreign: [
    403,
    'This return belongs to another payer.',
    'Start the signing yourself, in your own wallet.',
  ],
  sign_in_failed: [
    502,
    'The wallet did not confirm who you are.',
    'Try again; the log has the answer under the request id.',
  ],
  wallet_refused: [
    409,
    'The wallet returned an error instead of a code.',
    'Try again or ask the wallet.',
  ],
  contract_not_active: [
    409,
    'The contract is not active.',
    'Read the contract; it may have ended elsewhere.',
  ],
  contract_in_review: [
    409,
    'UnionPay names another number for this contract.',
    'Wait: an operator of the merchant compares the two in the console.',
  ],
  contract_unknown: [
    404,
    'There is no such contract for this key.',
    "Send UnionPay's contract_id, our id as `contract`, or user_id with plan_id.",
  ],
  idempotency_key_missing: [
    400,
    'The Idempotency-Key header is missing or not 1–255 visible ASCII characters.',
    'Send one key for each purchase, and the same key when you repeat a request.',
  ],
  idempotency_key_reused: [
    422,
    'This Idempotency-Key was used with another body.',
    'Use a new key for another request.',
  ],
  idempotency_key_busy: [
    409,
    'The first request with this Idempotency-Key is still being accepted.',
    'Repeat it in a second, with the same key.',
  ],
  merchant_order_taken: [
    409,
    'There is a charge for this merchant_order_no that is pending, succeeded or in review.',
    'GET /v1/charges?merchant_order_no=…; wait for its outcome instead of charging again.',
  ],
  merchant_no_unknown: [
    422,
    'This merchant number is not configured here.',
    'Send one of the numbers in ACP_MERCHANTS.',
  ],
  merchant_no_refused: [
    422,
    'The plan is charged by fixed merchant numbers, and this is none of them.',
    'Compare fixed_merchants of the plan.',
  ],
  over_single_limit: [
    422,
    "The amount is above the plan's limit for one charge.",
    'Charge less; the limit is part of the contract.',
  ],
  over_daily_limit: [
    422,
    'With this charge the contract would exceed its limit of the day.',
    'Charge tomorrow (Shanghai time), or less.',
  ],
  debit_not_announced: [
    409,
    'The payer was not notified of this debit in time.',
    'POST /v1/contracts/:id/debit-notices first, as many days before as the plan says.',
  ],
  debit_notice_too_late: [
    422,
    'The debit is too soon to be announced.',
    'Choose a later day; the plan says how many days before the debit the payer is notified.',
  ],
  operator_refused: [
    401,
    'Name or password is wrong, or was wrong too often.',
    'Try again in a minute; an admin gives a new password with `npx wugan operator reset NAME`.',
  ],
  role_too_low: [403, 'This operator may not do that.', 'Ask an operator with a higher role.'],
  approval_required: [
    409,
    'A refund of this amount needs a second operator.',
    'Request it in the console; another operator approves it.',
  ],
  approval_pending: [
    409,
    'The same request is waiting for approval already.',
    'Have another operator approve or reject it.',
  ],
  approval_own: [403, 'The operator who requested it may not approve it.', 'Ask another operator.'],
  approval_of_another: [
    403,
    'Only the operator who requested it may withdraw it.',
    'Reject it instead.',
  ],
  approval_decided: [409, 'It has been decided already.', 'Read it again.'],
  debit_notice_exists: [
    409,
    'There is another notice for this contract and day.',
    'Withdraw it first: POST /v1/debit-notices/:id/withdrawal.',
  ],
  charge_not_refundable: [
    409,
    'Only a succeeded charge that is not in review can be refunded.',
    'Read the charge; wait for its outcome or resolve the review.',
  ],
  nothing_to_resolve: [
    409,
    'This needs no manual review.',
    'Read it; only what needs manual review can be resolved.',
  ],
  charge_has_refunds: [
    409,
    'This charge has a refund, finished or pending: it was paid.',
    'Mark it paid; if a refund never happened, resolve that refund first.',
  ],
  refund_exceeds_charge: [
    422,
    'The refunds, pending ones included, would exceed the charge.',
    'Read the refunds of the charge.',
  ],
  refund_excluded: [
    409,
    'A charge is either cancelled or refunded, and the other has been requested already.',
    'Read the refunds of the charge.',
  ],
  refund_too_late: [
    409,
    'The charge is too old to be refunded through UnionPay.',
    'Refund the payer in another way.',
  ],
  cancel_too_late: [
    409,
    'A charge can be cancelled on its clearing day only.',
    'Refund it instead.',
  ],
  cancel_not_allowed: [409, 'The charge profile does not allow cancelling.', 'Refund it instead.'],
  break_not_open: [
    409,
    'This break was resolved, or a later statement no longer shows it.',
    'Read it again.',
  ],
  break_action_refused: [
    422,
    'This action is not possible in the present state of the order.',
    'Read `actions` of the break; docs/reconciliation.md has a runbook for each kind.',
  ],
  statement_busy: [409, 'Another process is working on this statement.', 'Try again in a minute.'],
  erasure_contract_open: [
    409,
    'This payer has a contract, or a signing that is not finished.',
    'End every contract first; a signing that was not finished ends by itself, usually within a day.',
  ],
  erasure_order_open: [
    409,
    'A charge or refund of this payer is not final yet.',
    'Wait for its outcome; read GET /api/bills.',
  ],
  feed_expired: [
    410,
    'Events after this position were deleted: the feed no longer has everything since.',
    'GET /v1/events?after=latest and keep its next_after, then read the lists again, then continue after the stored position.',
  ],
  feed_position_unknown: [
    409,
    'This position was never issued: it belongs to another installation, or to what a restored database lost.',
    'GET /v1/events?after=latest and keep its next_after, then read the lists again, then continue after the stored position.',
  ],
  webhook_url_refused: [
    422,
    'Webhooks may not be sent to this address.',
    '`fields` says why; it must be https and public.',
  ],
  unionpay_unavailable: [
    503,
    'UnionPay cannot be reached or gave no usable answer.',
    'Try again later; nothing was lost.',
  ],
  overloaded: [503, 'The server is too busy.', 'Try again in a few seconds.'],
  database_lost: [
    503,
    'The database could not be reached.',
    'Repeat the request in a few seconds with the same Idempotency-Key: it is done once.',
  ],
  notification_invalid: [
    400,
    'The notification does not verify.',
    'It must be signed by UnionPay over all its parameters.',
  ],
  internal: [500, 'Something went wrong on our side.', 'Give the request id to the operator.'],
} as const satisfies Record<string, readonly [number, string, string]>

export type ErrorCode = keyof typeof errors

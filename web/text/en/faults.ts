import type { FaultMessages } from '../message-types.ts'

const askMerchant = 'Please contact the merchant.'

export const faults: FaultMessages = {
  offline: {
    title: 'No network',
    next: 'Check your network settings, then try again.',
  },
  unreachable: {
    title: 'Our service cannot be reached',
    next: 'Our service may be down, or this network may not work. Try again later; if other apps do not work either, check your network.',
  },
  server_down: {
    title: 'Our service is temporarily unavailable',
    next: 'The problem is on our side, not your network. Try again later.',
  },
  portal: {
    title: 'This network may require a login',
    next: 'We received another web page, not our result. Log in to the network or use another one, then try again.',
  },
  timeout: {
    title: 'This is taking too long',
    next: 'No result arrived in time. Our service may be busy, or the network slow. Check again later.',
  },
  unreadable: {
    title: 'We cannot read the response',
    next: 'You did not cause this, and the cause is not known yet. Try again later. If the problem persists, contact the merchant.',
  },

  bad_request: {
    title: 'The page sent invalid content',
    next: 'The problem is on our side. ' + askMerchant,
  },
  not_signed_in: {
    title: 'We need to confirm who you are again',
    next: 'Tap “Try again”. The wallet confirms it automatically.',
  },
  session_unproved: {
    title: 'We need to confirm who you are again',
    next: 'Tap “Try again”. The wallet confirms it automatically.',
  },
  api_key_invalid: { title: 'The key of the merchant’s system is not valid', next: askMerchant },
  verb_not_allowed: { title: 'The merchant’s system is not allowed to do this', next: askMerchant },
  origin_refused: {
    title: 'Request from another site refused',
    next: 'Open this page again from the merchant’s own link.',
  },
  not_found: {
    title: 'Not found',
    next: 'It may belong to another person. Go back to the home page.',
  },
  plan_unknown: {
    title: 'This service does not exist',
    next: 'Go back to the home page and choose another.',
  },
  plan_withdrawn: {
    title: 'This service no longer accepts new contracts',
    next: 'Existing contracts continue. Choose another service.',
  },
  body_too_large: {
    title: 'The page sent too much content',
    next: 'The problem is on our side. ' + askMerchant,
  },
  rate_limited: { title: 'Too many attempts', next: 'Wait a minute, then try again.' },
  ticket_invalid: {
    title: 'The merchant’s sign-in link is not valid',
    next: 'Open this page again from the merchant’s app.',
  },
  ticket_expired: {
    title: 'The merchant’s sign-in link has expired',
    next: 'Open this page again from the merchant’s app.',
  },
  ticket_replayed: {
    title: 'This link has already been used',
    next: 'To protect you, each link works once. Open this page again from the merchant’s app.',
  },
  account_conflict: {
    title: 'This wallet already pays for another account',
    next: 'Continue with that account, or end its contracts under “My contracts” and open this page again from the merchant’s app.',
  },
  account_unconfirmed: {
    title: 'You have not confirmed which account to pay for',
    next: 'Answer the question on the service page, then sign.',
  },
  consent_missing: {
    title: 'You have not agreed yet',
    next: 'Read the agreement and tick the box, then sign.',
  },
  already_signed: {
    title: 'You have already signed for this service',
    next: 'You need not sign again. See “My contracts”.',
  },
  signing_in_progress: {
    title: 'Your last signing is still being confirmed',
    next: 'Wait a few minutes. The result updates automatically; you need not sign again.',
  },
  state_unknown: {
    title: 'This signing was not found',
    next: 'Start again from the service page.',
  },
  state_used: { title: 'This result has already been processed', next: 'See “My contracts”.' },
  state_foreign: {
    title: 'Another person started this signing',
    next: 'We refused it to protect you. Start again in your own wallet.',
  },
  sign_in_failed: {
    title: 'The wallet did not confirm who you are',
    next: 'Nothing was signed. Try again.',
  },
  wallet_refused: {
    title: 'The wallet returned an error',
    next: 'Nothing was signed. Try again, or call UnionPay at 95516.',
  },
  contract_in_review: {
    title: 'This contract is in review',
    next: 'The merchant is checking with UnionPay. Please try again later.',
  },
  contract_not_active: {
    title: 'This contract is no longer active',
    next: 'It may have ended elsewhere. Refresh to see the latest state.',
  },
  contract_unknown: { title: 'This contract was not found', next: askMerchant },
  idempotency_key_missing: {
    title: 'The merchant’s request has no idempotency key',
    next: askMerchant,
  },
  idempotency_key_reused: {
    title: 'The merchant’s system reused an idempotency key',
    next: askMerchant,
  },
  idempotency_key_busy: {
    title: 'The same request is being processed',
    next: 'Wait a moment. Do not repeat it.',
  },
  merchant_order_taken: {
    title: 'This order is being charged or was paid',
    next: 'You are not charged twice. See “My bills”.',
  },
  merchant_no_unknown: { title: 'The merchant number is not configured', next: askMerchant },
  merchant_no_refused: {
    title: 'Your contract does not cover this merchant number',
    next: askMerchant,
  },
  over_single_limit: {
    title: 'The amount exceeds the limit per charge',
    next: 'Nothing was charged. Your contract shows the limit.',
  },
  over_daily_limit: {
    title: 'The daily limit is reached',
    next: 'Nothing was charged. You can use it again tomorrow. Your contract shows the limit.',
  },
  debit_not_announced: {
    title: 'This renewal was not announced in time',
    next: 'Nothing was charged. ' + askMerchant,
  },
  debit_notice_too_late: { title: 'The debit is too soon to be announced', next: askMerchant },
  operator_refused: {
    title: 'Wrong name or password, or too many attempts',
    next: 'Try again in a minute.',
  },
  role_too_low: {
    title: 'Your role does not allow this',
    next: 'Ask an operator with a higher role.',
  },
  approval_required: {
    title: 'This amount needs a second approval',
    next: 'Request it in the console; another operator approves it.',
  },
  approval_pending: {
    title: 'The same action already awaits approval',
    next: 'Ask another operator to decide.',
  },
  approval_of_another: {
    title: 'Only the operator who requested it can withdraw it',
    next: 'Reject it instead.',
  },
  approval_own: { title: 'You cannot approve your own request', next: 'Ask another operator.' },
  approval_decided: {
    title: 'This request has already been decided',
    next: 'Refresh to see the outcome.',
  },
  debit_notice_exists: {
    title: 'A debit on that day has already been announced',
    next: askMerchant,
  },
  charge_not_refundable: { title: 'This order cannot be refunded now', next: askMerchant },
  charge_has_refunds: {
    title: 'This order has refunds and cannot become unpaid',
    next: askMerchant,
  },
  nothing_to_resolve: { title: 'This order needs no review', next: askMerchant },
  refund_exceeds_charge: { title: 'The amount exceeds what can be refunded', next: askMerchant },
  refund_excluded: {
    title: 'This order is already being refunded or cancelled',
    next: askMerchant,
  },
  refund_too_late: { title: 'This order is too old to be refunded', next: askMerchant },
  cancel_too_late: { title: 'This order can no longer be cancelled', next: askMerchant },
  cancel_not_allowed: { title: 'This service does not support cancellation', next: askMerchant },
  break_not_open: {
    title: 'This difference has already been resolved',
    next: 'Refresh to see the outcome.',
  },
  break_action_refused: {
    title: 'This action does not apply to the difference',
    next: 'Refresh and choose again.',
  },
  statement_busy: {
    title: 'The statement is being reconciled',
    next: 'Try again in a minute.',
  },
  erasure_contract_open: {
    title: 'You have a contract that has not ended',
    next: 'End it first under “My contracts”. An unfinished signing ends automatically within a day.',
  },
  erasure_order_open: {
    title: 'A charge or refund is still in progress',
    next: 'Try again once its result is final. See “My bills”.',
  },
  feed_expired: { title: 'These events are no longer available', next: askMerchant },
  feed_position_unknown: { title: 'This position does not exist', next: askMerchant },
  webhook_url_refused: { title: 'Webhooks cannot be sent to this address', next: askMerchant },
  unionpay_unavailable: {
    title: 'UnionPay cannot be reached at the moment',
    next: 'Your network is not the cause, and nothing was lost. Try again later.',
  },
  overloaded: {
    title: 'Our service is busy',
    next: 'Your network is not the cause. Try again in a few seconds.',
  },
  notification_invalid: { title: 'The notification failed verification', next: askMerchant },
  database_lost: {
    title: 'Our service is temporarily interrupted',
    next: 'Your network is not the cause. Try again in a few seconds.',
  },
  internal: {
    title: 'Something went wrong on our side',
    next: 'Your network is not the cause. Try again later. If the problem persists, contact the merchant.',
  },
}

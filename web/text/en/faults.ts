import type { FaultWords } from '../words.ts'

const askMerchant = 'Please contact the merchant.'

export const faults: FaultWords = {
  offline: {
    title: 'No network',
    next: 'There is no network now. Check your connection, then try again.',
  },
  unreachable: {
    title: 'Our service cannot be reached',
    next: 'Our service may be down, or this network may not work. Try again later; if other apps do not work either, check your network.',
  },
  server_down: {
    title: 'Our service is down for the moment',
    next: 'The problem is on our side, not your network. Try again later.',
  },
  portal: {
    title: 'This network may want you to log in first',
    next: 'What came is a web page, not our answer. Log in to the network or use another one, then try again.',
  },
  timeout: {
    title: 'This is taking too long',
    next: 'No answer came in time: our service may be busy, or the network slow. Look again later.',
  },
  unreadable: {
    title: 'We received something we cannot read',
    next: 'You did nothing wrong, and the cause is not known yet. Try again later. If it stays, contact the merchant.',
  },

  bad_request: {
    title: 'The page sent something wrong',
    next: 'The problem is on our side. ' + askMerchant,
  },
  not_signed_in: {
    title: 'We need to confirm who you are again',
    next: 'Try again; the wallet confirms it silently.',
  },
  session_unproved: {
    title: 'We need to confirm who you are again',
    next: 'Try again; the wallet confirms it silently.',
  },
  api_key_invalid: { title: 'The merchant’s key is not valid', next: askMerchant },
  verb_not_allowed: { title: 'The merchant may not do this', next: askMerchant },
  origin_refused: {
    title: 'Refused: the request came from another site',
    next: 'Open this page again from the merchant’s own link.',
  },
  not_found: {
    title: 'We could not find this',
    next: 'It may belong to somebody else. Go back to the start.',
  },
  plan_unknown: {
    title: 'There is no such service',
    next: 'Go back to the start and choose another.',
  },
  plan_withdrawn: {
    title: 'This service takes no new contracts',
    next: 'Existing contracts go on. Choose another service.',
  },
  body_too_large: {
    title: 'The page sent too much',
    next: 'The problem is on our side. ' + askMerchant,
  },
  rate_limited: { title: 'Too many tries', next: 'Wait a minute, then try again.' },
  ticket_invalid: {
    title: 'The merchant’s sign-in link is not valid',
    next: 'Go back to the merchant’s app and enter again.',
  },
  ticket_expired: {
    title: 'The merchant’s sign-in link has expired',
    next: 'Go back to the merchant’s app and enter again.',
  },
  ticket_replayed: {
    title: 'This link has been used already',
    next: 'To protect you each link works once. Enter again from the merchant’s app.',
  },
  account_conflict: {
    title: 'This wallet already pays for another account',
    next: 'Go on with that account, or end its contracts under “My contracts” and enter again from the merchant’s app.',
  },
  account_unconfirmed: {
    title: 'You have not said which account to pay for',
    next: 'Answer the question on the service page, then sign.',
  },
  consent_missing: {
    title: 'You have not agreed yet',
    next: 'Read the agreement and tick the box, then sign.',
  },
  already_signed: {
    title: 'You have signed for this service already',
    next: 'There is no need to sign again. See “My contracts”.',
  },
  signing_in_progress: {
    title: 'Your last signing is still being confirmed',
    next: 'Wait a few minutes; the result appears by itself.',
  },
  state_unknown: {
    title: 'We do not know this signing',
    next: 'Start again from the service page.',
  },
  state_used: { title: 'This result has been handled already', next: 'See “My contracts”.' },
  state_foreign: {
    title: 'Somebody else started this signing',
    next: 'Refused to protect you. Start again in your own wallet.',
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
    title: 'This contract is being checked',
    next: 'The merchant is comparing it with UnionPay. Please try later.',
  },
  contract_not_active: {
    title: 'This contract is no longer active',
    next: 'It may have ended elsewhere. Refresh to see.',
  },
  contract_unknown: { title: 'This contract was not found', next: askMerchant },
  idempotency_key_missing: { title: "The merchant's request lacks its key", next: askMerchant },
  idempotency_key_reused: { title: "The merchant's system used a key twice", next: askMerchant },
  idempotency_key_busy: {
    title: 'The same request is being accepted',
    next: 'Wait a moment; do not repeat it.',
  },
  merchant_order_taken: {
    title: 'This order is being paid or was paid',
    next: 'You are not charged twice. See “My bills”.',
  },
  merchant_no_unknown: { title: 'The merchant number is not set up', next: askMerchant },
  merchant_no_refused: {
    title: 'Your contract does not cover this merchant number',
    next: askMerchant,
  },
  over_single_limit: {
    title: 'Above the limit for one charge',
    next: 'Nothing was charged. Your contract shows the limit.',
  },
  over_daily_limit: {
    title: 'The limit of the day is reached',
    next: 'Nothing was charged. It works again tomorrow; your contract shows the limit.',
  },
  debit_not_announced: {
    title: 'You were not told of this renewal in time',
    next: 'Nothing was taken. ' + askMerchant,
  },
  debit_notice_too_late: { title: 'The debit is too near to be announced', next: askMerchant },
  operator_refused: {
    title: 'Name and password do not fit, or were wrong too often',
    next: 'Try again in a minute.',
  },
  role_too_low: {
    title: 'This operator may not do that',
    next: 'Ask an operator with a higher role.',
  },
  approval_required: {
    title: 'One person alone may not give back so much',
    next: 'Ask for it here; another operator decides.',
  },
  approval_pending: {
    title: 'The same is waiting for a second person',
    next: 'Have another operator decide.',
  },
  approval_of_another: {
    title: 'Only who asked for it may withdraw it',
    next: 'Refuse it instead.',
  },
  approval_own: { title: 'Who asked for it may not allow it', next: 'Ask another operator.' },
  approval_decided: { title: 'It was decided before', next: 'Refresh to see the outcome.' },
  debit_notice_exists: { title: 'A debit on that day was announced already', next: askMerchant },
  charge_not_refundable: { title: 'This order cannot be refunded now', next: askMerchant },
  charge_has_refunds: {
    title: 'Part of this order was refunded, so it was paid',
    next: askMerchant,
  },
  nothing_to_resolve: { title: 'Nobody needs to decide about this order', next: askMerchant },
  refund_exceeds_charge: { title: 'More than can be refunded', next: askMerchant },
  refund_excluded: {
    title: 'This order is being refunded or cancelled already',
    next: askMerchant,
  },
  refund_too_late: { title: 'This order is too old to be refunded', next: askMerchant },
  cancel_too_late: { title: 'This order can no longer be cancelled', next: askMerchant },
  cancel_not_allowed: { title: 'This service cannot be cancelled', next: askMerchant },
  break_not_open: {
    title: 'This difference was settled before',
    next: 'Refresh to see the outcome.',
  },
  break_action_refused: {
    title: 'This does not fit the difference',
    next: 'Refresh and choose again.',
  },
  statement_busy: {
    title: 'The statement is being compared right now',
    next: 'Try again in a minute.',
  },
  erasure_contract_open: {
    title: 'There is a contract that has not ended',
    next: 'End it first under “My contracts”. A signing you did not finish ends by itself within a day.',
  },
  erasure_order_open: {
    title: 'A charge or refund is still under way',
    next: 'Wait until its outcome is certain; see “My bills”.',
  },
  feed_expired: { title: 'These events are no longer kept', next: askMerchant },
  feed_position_unknown: { title: 'There is no such position', next: askMerchant },
  webhook_url_refused: { title: 'Webhooks may not be sent there', next: askMerchant },
  unionpay_unavailable: {
    title: 'UnionPay cannot be reached right now',
    next: 'Your network is not the cause, and nothing was lost. Try again later.',
  },
  overloaded: {
    title: 'Our service is busy right now',
    next: 'Your network is not the cause. Try again in a few seconds.',
  },
  notification_invalid: { title: 'The notice did not verify', next: askMerchant },
  database_lost: {
    title: 'Our service is interrupted',
    next: 'Your network is not the cause. Try again in a few seconds.',
  },
  internal: {
    title: 'Something went wrong on our side',
    next: 'Your network is not the cause. Try again later. If it stays, contact the merchant.',
  },
}

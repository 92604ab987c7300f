import type { FaultWords } from '../words.ts'

const askMerchant = 'Please contact the merchant and quote the number below.'

export const faults: FaultWords = {
  offline: { title: 'No network', next: 'Check your connection, then try again.' },
  timeout: { title: 'This is taking too long', next: 'It may still be going on. Refresh in a moment instead of repeating it.' },
  unreadable: { title: 'We received something we cannot read', next: 'This network may want you to log in first. Try another one.' },

  bad_request: { title: 'The request was not correct', next: askMerchant },
  not_signed_in: { title: 'We need to confirm who you are again', next: 'Try again; the wallet confirms it silently.' },
  api_key_invalid: { title: 'The merchant’s key is not valid', next: askMerchant },
  verb_not_allowed: { title: 'The merchant may not do this', next: askMerchant },
  origin_refused: { title: 'Refused: the request came from another site', next: 'Open this page again from the merchant’s own link.' },
  not_found: { title: 'We could not find this', next: 'It may belong to somebody else. Go back to the start.' },
  plan_unknown: { title: 'There is no such service', next: 'Go back to the start and choose another.' },
  plan_withdrawn: { title: 'This service takes no new contracts', next: 'Existing contracts go on. Choose another service.' },
  body_too_large: { title: 'Too much was sent', next: askMerchant },
  rate_limited: { title: 'Too many tries', next: 'Wait a minute, then try again.' },
  ticket_invalid: { title: 'The merchant’s sign-in link is not valid', next: 'Go back to the merchant’s app and enter again.' },
  ticket_expired: { title: 'The merchant’s sign-in link has expired', next: 'Go back to the merchant’s app and enter again.' },
  ticket_replayed: { title: 'This link has been used already', next: 'To protect you each link works once. Enter again from the merchant’s app.' },
  account_conflict: { title: 'This wallet already pays for another account', next: 'Go on with that account, or end its contracts under “My contracts” and enter again from the merchant’s app.' },
  account_unconfirmed: { title: 'You have not said which account to pay for', next: 'Answer the question on the service page, then sign.' },
  consent_missing: { title: 'You have not agreed yet', next: 'Read the agreement and tick the box, then sign.' },
  already_signed: { title: 'You have signed for this service already', next: 'There is no need to sign again. See “My contracts”.' },
  signing_in_progress: { title: 'Your last signing is still being confirmed', next: 'Wait a few minutes; the result appears by itself.' },
  state_unknown: { title: 'We do not know this signing', next: 'Start again from the service page.' },
  state_used: { title: 'This result has been handled already', next: 'See “My contracts”.' },
  state_foreign: { title: 'Somebody else started this signing', next: 'Refused to protect you. Start again in your own wallet.' },
  sign_in_failed: { title: 'The wallet did not confirm who you are', next: 'Nothing was signed or charged. Try again.' },
  wallet_refused: { title: 'The wallet returned an error', next: 'Nothing was signed or charged. Try again, or call UnionPay at 95516.' },
  open_id_foreign: { title: 'This wallet belongs to somebody else', next: 'Use your own wallet.' },
  contract_not_active: { title: 'This contract is no longer active', next: 'It may have ended elsewhere. Refresh to see.' },
  unionpay_unavailable: { title: 'UnionPay cannot be reached right now', next: 'Nothing was lost. Try again later.' },
  overloaded: { title: 'We are busy right now', next: 'Try again in a few seconds.' },
  notification_invalid: { title: 'The notice did not verify', next: askMerchant },
  internal: { title: 'Something went wrong on our side', next: 'Try again later. If it stays, quote the number below to the merchant.' },
}

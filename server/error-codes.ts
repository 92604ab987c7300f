/**
 * The closed list of refusals and faults a caller can receive. Each is mapped exactly once to a
 * status, a sentence and what to do about it; `web/text` must hold a sentence for every code.
 */
export const errors = {
  bad_request: [400, 'The request does not have the documented form.', 'Compare it with the documentation; `fields` names what is wrong.'],
  not_signed_in: [401, 'There is no valid session.', 'Sign in again.'],
  api_key_invalid: [401, 'The API key is missing or unknown.', 'Send `Authorization: Bearer <key>`; make one with `npm run key -- create`.'],
  verb_not_allowed: [403, 'This API key may not do that.', 'Use a key that names the verb and the plan.'],
  origin_refused: [403, 'The request came from another site.', 'Call the API from the pages this server serves.'],
  not_found: [404, 'There is no such thing for this caller.', 'Check the identifier and who is asking.'],
  plan_unknown: [404, 'There is no such plan.', 'Read GET /api/plans.'],
  plan_withdrawn: [409, 'This plan takes no new contracts.', 'Choose another plan.'],
  body_too_large: [413, 'The request body is too large.', 'Send less.'],
  rate_limited: [429, 'Too many requests.', 'Wait for the time in the retry-after header.'],
  ticket_invalid: [400, 'The sign-in ticket is not valid.', 'Mint a new ticket; compare secret, audience and algorithm.'],
  ticket_expired: [400, 'The sign-in ticket has expired or lives too long.', 'Mint it when the link is opened; it may live five minutes.'],
  ticket_replayed: [409, 'The sign-in ticket has been used before.', 'Every opening of the page needs a ticket of its own.'],
  account_conflict: [409, 'This wallet already pays for another account.', 'Go on with that account, or end its contracts there first.'],
  account_unconfirmed: [409, 'The payer has not yet said for which account this wallet pays.', 'POST /api/session/account first.'],
  consent_missing: [422, 'Consent is required before signing.', 'Ask the person; send agreed: true only after that.'],
  already_signed: [409, 'There is already an active contract for this plan.', 'Read GET /api/contracts.'],
  signing_in_progress: [409, 'UnionPay is still being asked about a signing of this plan.', 'Read the result of that signing; it resolves by itself.'],
  state_unknown: [409, 'This return does not belong to a signing we know.', 'Start again from the plan.'],
  state_used: [409, 'This return has been used before.', 'Read the result of the signing.'],
  state_foreign: [403, 'This return belongs to another person.', 'Start the signing yourself, in your own wallet.'],
  sign_in_failed: [502, 'The wallet did not confirm who you are.', 'Try again; the answer is in the log under the request id.'],
  wallet_refused: [409, 'The wallet returned an error instead of a code.', 'Try again or ask the wallet.'],
  open_id_foreign: [409, 'This wallet belongs to another user.', 'Use the wallet that belongs to this user.'],
  contract_not_active: [409, 'The contract is not active.', 'Read the contract; it may have ended elsewhere.'],
  unionpay_unavailable: [503, 'UnionPay cannot be reached or gave no usable answer.', 'Try again later; nothing was lost.'],
  overloaded: [503, 'The server is too busy.', 'Try again in a few seconds.'],
  notification_invalid: [400, 'The notification does not verify.', 'It must be signed by UnionPay over all its parameters.'],
  internal: [500, 'Something went wrong on our side.', 'Tell the operator the request id.'],
} as const satisfies Record<string, readonly [number, string, string]>

export type ErrorCode = keyof typeof errors

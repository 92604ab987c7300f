/**
 * States and reasons of contracts and signings. Imports nothing: the published schemas are made of
 * these lists.
 */

export const contract_states = [
  'applying',
  'active',
  'abandoned',
  'rejected',
  'terminating',
  'terminated',
] as const
export type ContractState = (typeof contract_states)[number]

/** Who ended it. */
export const enders = ['payer_here', 'payer_in_wallet', 'merchant', 'unionpay'] as const
export type EndedBy = (typeof enders)[number]

/** The H5 in the wallet, or the SDK in the merchant's own app. */
export const signing_ways = ['h5', 'sdk'] as const
export type SignedThrough = (typeof signing_ways)[number]

/** Through which door a change was learned. */
export const contract_sources = [
  'start',
  'return',
  'apply',
  'info',
  'relieve',
  'notice',
  'sweep',
  'job',
  'payer',
  'merchant',
] as const
export type Source = (typeof contract_sources)[number]

/** Where the person stands with a signing. */
export const signing_states = [
  'waiting',
  'processing',
  'succeeded',
  'failed',
  'cancelled',
  'expired',
] as const

/** Why a signing did not succeed, or not yet. */
export const signing_reasons = [
  'wallet_error',
  'returned_empty',
  'code_refused',
  'wallet_foreign',
  'already_signed',
  'already_signed_elsewhere',
  'rejected',
  'unionpay_silent',
  'outcome_unknown',
  'never_returned',
] as const

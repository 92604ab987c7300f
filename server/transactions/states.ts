/**
 * States and reasons of charges and refunds. Imports nothing: the published schemas are made of
 * these lists.
 */

export const order_states = ['pending', 'succeeded', 'failed'] as const

export type OrderState = (typeof order_states)[number]

/** Why an order failed, besides UnionPay's own code. */
export const order_reasons = ['declined', 'not_sent', 'decided_by_operator'] as const

export type OrderReason = (typeof order_reasons)[number]

/** Why a person has to look at an order: each marks a contradiction. */
export const review_reasons = [
  'failed_after_success',
  'succeeded_after_failure',
  'differs_from_order',
  'succeeded_with_defect',
  'absent_from_statement',
  'paid_twice',
] as const

export type ReviewReason = (typeof review_reasons)[number]

/** In the history: nothing said what became of it, and from here on it waits for a person. */
export const unexplained = 'unexplained'

/**
 * In the history: only one charge of the order holds money again, and the review `paid_twice`
 * ended.
 */
export const paid_once = 'paid_once'

/** What a person's decision changes besides the state of an order. */
export const order_consequences = [
  'day_limit_used',
  'day_limit_freed',
  'order_may_be_charged_again',
  'order_is_paid_twice',
  'order_is_paid_once',
  'charge_may_be_refunded',
  'notice_covers_another_debit',
  'amount_may_be_refunded_again',
  'amount_was_refunded',
] as const

/** Through which door an outcome was learned. */
export const order_sources = [
  'merchant',
  'answer',
  'notification',
  'query',
  'statement',
  'job',
  'operator',
] as const

export type OrderSource = (typeof order_sources)[number]

/** What a pending order waits for. */
export const waits_for = ['notification', 'statement', 'manual_review'] as const

export type WaitsFor = (typeof waits_for)[number]

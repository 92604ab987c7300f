import type { WebhookType } from '../api.ts'

/** A history row as the outbox hands it over. `what`: which noun it is about. */
export type HistoryRow = {
  source: 'order' | 'contract' | 'break'
  source_seq: number
  subject: string
  what: 'charge' | 'refund' | 'contract' | 'break'
  from_state: string | null
  to_state: string
  by: string
  reason: string | null
  occurred_at: Date
}

/** `unexplained`: nothing said what became of it, and a person is asked; the others mark a contradiction. */
const review_reasons = new Set([
  'unexplained',
  'failed_after_success',
  'succeeded_after_failure',
  'differs_from_order',
  'succeeded_with_defect',
  'absent_from_statement',
  'paid_twice',
])

/** What a history row says to the merchant; several things, or nothing. */
export function typesOf({ what, from_state, to_state, reason }: HistoryRow): WebhookType[] {
  if (what === 'break') return ['reconciliation.break']
  if (what === 'contract') {
    // terminating → active: UnionPay refused to end it; nobody was told that it had ended
    if (to_state === 'active') return from_state === 'terminating' ? [] : ['contract.activated']
    return to_state === 'terminated' ? ['contract.terminated'] : []
  }
  const types: WebhookType[] = []
  // a person's word settles an order again, even where it confirms the state
  if (to_state !== from_state || reason === 'decided_by_person') {
    if (to_state === 'succeeded') types.push(`${what}.succeeded`)
    if (to_state === 'failed') types.push(`${what}.failed`)
  }
  if (reason !== null && review_reasons.has(reason)) types.push(`${what}.needs_review`)
  if (reason === 'paid_twice') types.push('charge.paid_twice')
  return types
}

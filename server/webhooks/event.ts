import { review_reasons, unexplained } from '../transactions/states.ts'
import type { WebhookType } from './states.ts'

/** A history row as the outbox hands it over. `what`: which noun it is about. */
export type HistoryRow = {
  source: 'order' | 'contract' | 'break' | 'binding'
  source_seq: number
  subject: string
  /** null: it belongs to no plan */
  plan_id: string | null
  what: 'charge' | 'refund' | 'contract' | 'break' | 'user'
  from_state: string | null
  to_state: string
  by: string
  reason: string | null
  occurred_at: Date
}

/** Reasons in the history for which a person is asked. */
const asks_person: ReadonlySet<string> = new Set([unexplained, ...review_reasons])

/** What a history row says to the merchant; several things, or nothing. */
export function typesOf({ what, from_state, to_state, reason }: HistoryRow): WebhookType[] {
  if (what === 'break') return ['reconciliation.break']
  if (what === 'user') return ['user.bound']
  if (what === 'contract') {
    // terminating → active: UnionPay refused to end it; no event said that it had ended
    if (to_state === 'active') return from_state === 'terminating' ? [] : ['contract.activated']
    return to_state === 'terminated' ? ['contract.terminated'] : []
  }
  const types: WebhookType[] = []
  // a person's word settles an order again, even where it confirms the state
  if (to_state !== from_state || reason === 'decided_by_operator' || reason === 'paid_once') {
    if (to_state === 'succeeded') types.push(`${what}.succeeded`)
    if (to_state === 'failed') types.push(`${what}.failed`)
  }
  if (reason !== null && asks_person.has(reason)) types.push(`${what}.needs_review`)
  if (reason === 'paid_twice') types.push('charge.paid_twice')
  return types
}

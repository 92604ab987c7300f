import type { BreakSides } from '../api.ts'
import { mayBeResolved, type Transaction } from '../transactions/transaction.ts'
import { paysBack } from './line-rules.ts'
import type { BreakAction, BreakKind, BreakState } from './states.ts'

/** A difference between the statement and us: one row of `reconciliation_breaks`. */
export type Break = BreakSides & {
  id: string
  statement_id: string
  merchant_no: string
  day: string
  kind: BreakKind
  order_id: string | null
  order_kind: 'charge' | 'refund' | null
  query_id: string | null
  amount_fen: number
  state: BreakState
  action: BreakAction | null
  author: string | null
  note: string | null
  found_at: Date
  resolved_at: Date | null
}

/** `key`: what makes it the same break in the next file of the day. */
export type FoundBreak = Pick<
  Break,
  'kind' | 'order_id' | 'order_kind' | 'query_id' | 'amount_fen' | 'ours' | 'theirs' | 'unread'
> & { key: string }

/** What is listed of one statement at most; more are counted. */
export const most_breaks = 10_000

const actions: Record<BreakKind, readonly BreakAction[]> = {
  ours_only: ['mark_not_paid', 'mark_paid', 'acknowledge'],
  theirs_only: ['acknowledge'],
  amount: ['mark_paid', 'mark_not_paid', 'acknowledge'],
  state: ['mark_paid', 'mark_not_paid', 'acknowledge'],
  duplicate: ['acknowledge'],
  fee: ['acknowledge'],
  adjustment: ['acknowledge'],
  not_compared: ['acknowledge'],
}

/** What may be done about a break; the statement's suggestion first. */
export const actionsOf = (kind: BreakKind, state: BreakState): BreakAction[] =>
  state === 'open' ? [...actions[kind]] : []

/**
 * What a command may do for a person who saw the preview: only where the statement leaves no doubt.
 */
export const suggestionOf = ({
  kind,
  theirs,
  order_kind,
}: Pick<Break, 'kind' | 'theirs' | 'order_kind'>): BreakAction | null =>
  kind === 'state' && order_kind === 'charge' && theirs !== null && !paysBack(theirs.txn_type)
    ? 'mark_paid'
    : null

export type Effect =
  | { kind: 'none' }
  | { kind: 'refused' }
  | {
      kind: 'resolve'
      decision: 'paid' | 'not_paid'
      to: 'succeeded' | 'failed'
      review_first: boolean
    }

/**
 * What an action does to the order as it stands now. `none`: it stands so already, or is not to be
 * touched. `refused`: an order in review would stay there. `review_first`: a final order is put in
 * review, from where a person may change it.
 */
export function effectOf(
  action: BreakAction,
  order: Pick<Transaction, 'state' | 'needs_review' | 'waits_for'> | null,
): Effect {
  if (action === 'acknowledge')
    return { kind: order !== null && mayBeResolved(order) ? 'refused' : 'none' }
  if (order === null) return { kind: 'refused' }
  const to = action === 'mark_paid' ? 'succeeded' : 'failed'
  const open = mayBeResolved(order)
  if (!open && order.state === to) return { kind: 'none' }
  if (!open && order.state === 'pending') return { kind: 'refused' } // notification, queries and statement have not had their turn
  return {
    kind: 'resolve',
    decision: action === 'mark_paid' ? 'paid' : 'not_paid',
    to,
    review_first: !open,
  }
}

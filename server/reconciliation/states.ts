/**
 * States of statements and breaks. Imports nothing: the published schemas are made of these lists.
 */

export const statement_states = ['awaited', 'reconciled', 'malformed', 'missing'] as const
export type StatementState = (typeof statement_states)[number]

/** Closed list; docs/reconciliation.md has a runbook for each. */
export const break_kinds = [
  'ours_only',
  'theirs_only',
  'amount',
  'state',
  'duplicate',
  'fee',
  'adjustment',
  'not_compared',
] as const
export type BreakKind = (typeof break_kinds)[number]

export const break_states = ['open', 'resolved', 'gone'] as const
export type BreakState = (typeof break_states)[number]

export const break_actions = ['mark_paid', 'mark_not_paid', 'acknowledge'] as const
export type BreakAction = (typeof break_actions)[number]

import type { BreakView, StatementView } from '../api.ts'
import { iso } from '../charges/view.ts'
import { actionsOf, type Break } from './break.ts'
import type { StatementRow } from './statement-store.ts'

/** A statement as the merchant's systems see it. */
export const viewStatement = (statement: StatementRow): StatementView => ({
  id: statement.id,
  merchant_no: statement.merchant_no,
  day: statement.day,
  state: statement.state,
  problem: statement.problem,
  next_fetch_at: iso(statement.due_at),
  digest: statement.digest,
  issues: statement.issues,
  lines: statement.lines,
  charged_fen: statement.charged_fen,
  returned_fen: statement.returned_fen,
  fee_fen: statement.fee_fen,
  settled_orders: statement.settled_orders,
  breaks_found: statement.breaks_found,
  open_breaks: statement.open_breaks,
  fetched_at: iso(statement.fetched_at),
  reconciled_at: iso(statement.reconciled_at),
})

export const viewBreak = (found: Break): BreakView => ({
  id: found.id,
  statement: found.statement_id,
  merchant_no: found.merchant_no,
  day: found.day,
  kind: found.kind,
  order_id: found.order_id,
  order_kind: found.order_kind,
  query_id: found.query_id,
  amount_fen: found.amount_fen,
  ours: found.ours,
  theirs: found.theirs,
  unread: found.unread,
  state: found.state,
  actions: actionsOf(found.kind, found.state),
  action: found.action,
  author: found.author,
  note: found.note,
  found_at: found.found_at.toISOString(),
  resolved_at: iso(found.resolved_at),
})

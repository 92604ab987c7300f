/** The part of the contract between merchants and server that is about statements; read it through `api.ts`. */

/** `awaited`: not here yet · `reconciled`: read to its end and compared · `malformed`: came and cannot be read · `missing`: given up */
export type StatementState = 'awaited' | 'reconciled' | 'malformed' | 'missing'

/** closed list; docs/reconciliation.md has a runbook for each */
export type BreakKind =
  | 'ours_only' // paid here, not in the statement; or nobody says what became of it
  | 'theirs_only' // in the statement, no order of ours
  | 'amount' // both have it, with different amounts
  | 'state' // failed here, or of another kind, and in the statement
  | 'duplicate' // in a statement more than once
  | 'fee' // the fee does not add up or is not the agreed one
  | 'adjustment' // a line of UnionPay's file of errors and disputes (ZME)

/** `gone`: a later file no longer shows it */
export type BreakState = 'open' | 'resolved' | 'gone'

/** `acknowledge`: somebody knows why; nothing is changed */
export type BreakAction = 'mark_paid' | 'mark_not_paid' | 'acknowledge'

/** GET /v1/statements → { statements, next_cursor }, GET /v1/statements/:id */
export type StatementView = {
  id: string
  merchant_no: string
  day: string // clearing day, YYYY-MM-DD
  state: StatementState
  problem: string | null
  /** when UnionPay is asked next by itself; null: no more */
  next_fetch_at: string | null
  digest: string | null // SHA-256 of the zip
  /** how many different files UnionPay gave for this day */
  issues: number
  lines: number | null
  charged_fen: number | null
  returned_fen: number | null
  fee_fen: number | null
  /** orders whose outcome only the statement told */
  settled_orders: number
  /** of the last comparison, even those beyond the ten thousand that are listed */
  breaks_found: number
  open_breaks: number
  fetched_at: string | null
  reconciled_at: string | null
}

/** How our order stood, and what the line said, when the break was found. */
export type BreakSides = {
  ours: { state: string; amount_fen: number; settle_on: string | null } | null
  theirs: { amount_fen: number; fee_fen: number; settled_fen: number; txn_type: string; trace: string; line: number } | null
}

/** GET /v1/statements/:id/breaks → { breaks, next_cursor } */
export type BreakView = BreakSides & {
  id: string
  statement: string
  merchant_no: string
  day: string
  kind: BreakKind
  order_id: string | null
  /** null: not an order of ours */
  order_kind: 'charge' | 'refund' | null
  query_id: string | null
  amount_fen: number
  state: BreakState
  /** what may be done about it; the first is what the statement suggests */
  actions: BreakAction[]
  action: BreakAction | null
  author: string | null
  note: string | null
  found_at: string
  resolved_at: string | null
}

/** POST /v1/breaks/:id/resolution. With `dry_run` nothing was changed, and `break` is as it was. */
export type BreakResolutionView = {
  break: BreakView
  dry_run: boolean
  /** what becomes of the order; null where none is touched */
  order: { order_id: string; from: string; to: string } | null
}

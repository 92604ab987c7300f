import type { ReviewFactsView } from '../api.ts'
import { readOrderHistory } from '../transactions/store.ts'
import type { Transaction } from '../transactions/transaction.ts'
import { listBreaksOfOrder } from '../reconciliation/break-store.ts'
import { findDifferences } from '../unionpay/message-differences.ts'
import type { ConsoleContext } from './context.ts'
import { listMessages } from './search-store.ts'

type Values = ReviewFactsView['values']

/** What the review of a charge or refund rests on: who said it, when, and both values. Null without a review. */
export async function readReviewFacts(
  context: ConsoleContext,
  order: Transaction,
): Promise<ReviewFactsView | null> {
  if (!order.needs_review) return null
  const history = await readOrderHistory(context.database.pool, order.order_id)
  const entry = history.findLast(({ reason }) => reason === order.review_reason)
  if (!entry) return null
  return {
    order_id: order.order_id,
    source: entry.source,
    at: entry.at,
    values: await valuesOf(context, order, entry),
  }
}

async function valuesOf(
  context: ConsoleContext,
  order: Transaction,
  { source, unionpay_code }: Pick<ReviewFactsView, 'source'> & { unionpay_code: string | null },
): Promise<Values> {
  const code: Values = unionpay_code ? [{ what: 'code', ours: null, theirs: unionpay_code }] : []
  switch (order.review_reason) {
    case 'failed_after_success':
      return [{ what: 'state', ours: 'succeeded', theirs: 'failed' }, ...code]
    case 'succeeded_after_failure':
      return [{ what: 'state', ours: 'failed', theirs: 'succeeded' }, ...code]
    case 'absent_from_statement':
      return [{ what: 'amount', ours: String(order.amount_fen), theirs: null }]
    case 'differs_from_order':
      return source === 'statement'
        ? differencesInStatement(context, order)
        : differencesInMessage(context, order)
    default:
      return code
  }
}

/** Of the newest notification that says another thing. */
async function differencesInMessage(
  { database: { pool }, cipher }: ConsoleContext,
  order: Transaction,
): Promise<Values> {
  const messages = await listMessages(pool, { order_ids: [order.order_id] })
  return (
    messages
      .filter(({ body_sealed }) => body_sealed)
      .map(({ body_sealed }) => findDifferences(cipher.open(body_sealed), order))
      .find((found) => found.length > 0) ?? []
  )
}

/** Of the newest line: its amount, or what kind of transaction it is. */
async function differencesInStatement(
  { database: { pool } }: ConsoleContext,
  order: Transaction,
): Promise<Values> {
  const breaks = await listBreaksOfOrder(pool, order.order_id)
  const found = breaks.find(({ kind }) => kind === 'amount' || kind === 'state')
  if (!found?.theirs) return []
  return found.kind === 'amount'
    ? [{ what: 'amount', ours: String(order.amount_fen), theirs: String(found.theirs.amount_fen) }]
    : [{ what: 'transaction', ours: null, theirs: found.theirs.txn_type }]
}

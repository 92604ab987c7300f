import type {
  AuditView,
  ConsoleChargeView,
  ConsoleContractView,
  MessageView,
  ReviewFactsView,
} from '../api.ts'
import { listAudit, type AuditEntry } from '../audit/store.ts'
import { readOrderHistory } from '../transactions/store.ts'
import { findChargeRow, listCharges, readUsedToday } from '../charges/store.ts'
import { viewCharge, viewChargeDetail } from '../charges/view.ts'
import { reviewOf } from '../contracts/contract.ts'
import { findContract, readHistory } from '../contracts/store.ts'
import { viewOwnedContractDetail } from '../contracts/view.ts'
import { Refusal } from '../errors.ts'
import { refundableOf } from '../refunds/refund.ts'
import { refundsOf } from '../refunds/routes.ts'
import { listRefunds } from '../refunds/store.ts'
import { viewAccount } from '../sign-in/account.ts'
import { findAccount } from '../sign-in/store.ts'
import { showMessage } from '../unionpay/show-message.ts'
import { listApprovals, viewApproval } from './approval-store.ts'
import type { ConsoleContext } from './context.ts'
import { listMessages, type StoredMessage } from './search-store.ts'
import type { Transaction } from '../transactions/transaction.ts'
import { listBreaksOfOrder } from '../reconciliation/break-store.ts'
import { findDifferences } from '../unionpay/message-differences.ts'

const most = 50

export const viewAudit = ({ at, ...entry }: AuditEntry): AuditView => ({
  ...entry,
  at: at.toISOString(),
})

const viewMessage = (
  { cipher }: ConsoleContext,
  { body_sealed, received_at, ...message }: StoredMessage,
): MessageView => ({
  ...message,
  received_at: received_at.toISOString(),
  fields: body_sealed ? showMessage(cipher.open(body_sealed)) : [],
})

/** A charge with all there is to know of it. Refuses not_found. */
export async function viewChargeFor(
  context: ConsoleContext,
  order_id: string,
): Promise<ConsoleChargeView> {
  const { pool } = context.database
  const charge = await findChargeRow(pool, order_id)
  if (!charge) throw new Refusal('not_found')
  const refunds = await listRefunds(pool, order_id)
  const { merchant_order_no } = charge
  const attempts = await listCharges(pool, { plan_ids: [], merchant_order_no }, most)
  const order_ids = [order_id, ...refunds.map((refund) => refund.order_id)]
  return {
    charge: viewChargeDetail(
      charge,
      await readOrderHistory(pool, order_id),
      await refundsOf(pool, order_id),
    ),
    attempts: attempts.filter((one) => one.order_id !== order_id).map(viewCharge),
    refundable_fen: refundableOf(charge, refunds, attempts),
    reviews: (
      await Promise.all([charge, ...refunds].map((order) => readReviewFacts(context, order)))
    ).filter((facts) => facts !== null),
    messages: (await listMessages(pool, { order_ids })).map((message) =>
      viewMessage(context, message),
    ),
    approvals: (await Promise.all(order_ids.map((id) => listApprovals(pool, id, false, most))))
      .flat()
      .map(viewApproval),
    audit: (await Promise.all(order_ids.map((id) => listAudit(pool, id, null, most))))
      .flat()
      .map(viewAudit),
  }
}

/**
 * A contract with its history, its newest charges and what UnionPay sent about it. Refuses
 * not_found.
 */
export async function viewContractFor(
  context: ConsoleContext,
  id: string,
): Promise<ConsoleContractView> {
  const { pool } = context.database
  const contract = await findContract(pool, id)
  if (!contract) throw new Refusal('not_found')
  const account = await findAccount(pool, contract.user_ref)
  const charges = await listCharges(pool, { plan_ids: [], contract: id }, most)
  return {
    contract: viewOwnedContractDetail(context, contract, {
      history: await readHistory(pool, id),
      account: viewAccount(account),
      used_today_fen: await readUsedToday(pool, id),
    }),
    reason: reviewOf(contract),
    user_id: account.user_id,
    charges: charges.map(
      ({ order_id, amount_fen, description, state, needs_review, accepted_at }) => ({
        order_id,
        amount_fen,
        description,
        state,
        needs_review,
        accepted_at: accepted_at.toISOString(),
      }),
    ),
    messages: (await listMessages(pool, { contract: id })).map((message) =>
      viewMessage(context, message),
    ),
    audit: (await listAudit(pool, id, null, most)).map(viewAudit),
  }
}

type Values = ReviewFactsView['values']

/**
 * What the review of a charge or refund rests on: who said it, when, and both values. Null without
 * a review.
 */
async function readReviewFacts(
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

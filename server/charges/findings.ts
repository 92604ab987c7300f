import type { OrderSource, ReviewReason } from '../api.ts'
import type {
  Direct,
  Payment,
  QueryResult,
  Refused,
  Ruling,
  Settled,
} from '../unionpay/payments.ts'
import { settleDay } from './charge.ts'
import type { Finding, Order } from './order.ts'

/** What each door's message means for an order. Pure: the wall has read and verified it. */

const outcomeOf = ({ treatment }: Ruling): Finding['outcome'] =>
  treatment === 'accepted' ? 'unknown' : treatment
const reviewOf = ({ review }: Ruling): ReviewReason | null =>
  review ? 'succeeded_with_defect' : null

function told(source: OrderSource, ruling: Ruling, code: string, message: string): Finding {
  const outcome = outcomeOf(ruling)
  return {
    outcome,
    source,
    unionpay_code: code,
    unionpay_text: message || null,
    reason: outcome === 'failed' ? 'declined' : null,
    review: outcome === 'succeeded' ? reviewOf(ruling) : null,
    contract_problem: ruling.contract_problem,
  }
}

const settledWith = (
  settled: Settled,
  order: Pick<Order, 'accepted_at'>,
): Pick<Finding, 'query_id' | 'settle_on'> => ({
  query_id: settled.query_id,
  settle_on: settleDay(settled.settle_date, order.accepted_at),
})

/** The synchronous answer: accepted is not paid. What never left us failed for certain. */
export function findInAnswer(answer: Direct | Refused): Finding {
  if (answer.kind === 'refused') return { outcome: 'failed', source: 'answer', reason: 'not_sent' }
  if (answer.kind !== 'unknown')
    return {
      ...told('answer', answer.ruling, answer.code, answer.message),
      query_id: answer.query_id,
    }
  if (answer.why === 'not_reached')
    return { outcome: 'failed', source: 'answer', reason: 'not_sent' }
  return {
    outcome: 'unknown',
    source: 'answer',
    unionpay_code: answer.code,
    unionpay_text: answer.why === 'open_code' ? answer.detail : null,
  }
}

/** A verified notification that fits the order. */
export const findInNotification = (
  payment: Payment,
  order: Pick<Order, 'accepted_at'>,
): Finding => ({
  ...told('notification', payment.ruling, payment.code, payment.message),
  ...settledWith(payment.settled, order),
})

/** A verified answer to a query; only `state` says anything of the order. */
export function findInQuery(result: QueryResult, order: Pick<Order, 'accepted_at'>): Finding {
  if (result.kind !== 'state') return { outcome: 'unknown', source: 'query' }
  return {
    ...told('query', result.ruling, result.code, result.message),
    ...settledWith(result.settled, order),
  }
}

import type {
  BillDetailView,
  BillEntry,
  BillStep,
  BillView,
  OrderHistoryEntry,
  PayerAdvice,
  RefundView,
  BillSummary,
  BillTotals,
} from '../api.ts'
import { planView, scenarios } from '../plans/plan.ts'
import type { Catalogue } from '../plans/catalogue.ts'
import type { ChargeRow } from '../charges/charge.ts'
import type { Transaction } from '../transactions/transaction.ts'
import { adviseOn } from '../unionpay/payments.ts'
import { explain, iso } from '../charges/view.ts'

/** A charge as its payer reads it. */
export const viewBill = (catalogue: Catalogue, charge: ChargeRow): BillView => ({
  order_id: charge.order_id,
  contract: charge.contract_ref,
  plan: planView(catalogue.find(charge.plan_id), charge.plan_id),
  amount_fen: charge.amount_fen,
  refunded_fen: charge.refunded_fen,
  refunding_fen: charge.refunding_fen,
  net_fen: charge.net_fen,
  description: charge.description,
  state: charge.state,
  in_review: charge.needs_review,
  explanation: charge.state === 'failed' ? whyFailed(charge) : null,
  advice: charge.state === 'failed' ? adviceOf(charge) : null,
  waits_for: charge.waits_for,
  paid_at: charge.accepted_at.toISOString(),
  settled_at: iso(charge.settled_at),
})

export type RefundWithHistory = { refund: RefundView; history: OrderHistoryEntry[] }

/**
 * The bill with its history, oldest first; a step that changed nothing for the payer is omitted.
 */
export function viewBillDetail(
  catalogue: Catalogue,
  charge: ChargeRow,
  history: OrderHistoryEntry[],
  refunds: RefundWithHistory[],
): BillDetailView {
  const charge_steps: StepTexts = {
    amount_fen: charge.amount_fen,
    steps: chargeSteps,
    why: whyFailed(charge),
    advice: adviceOf(charge),
  }
  const entries = [
    ...history.flatMap((entry) => entriesOf(entry, charge_steps)),
    ...refunds.flatMap(({ refund, history: steps }) =>
      steps.flatMap((entry) => entriesOf(entry, refundTexts(refund))),
    ),
  ]
  return {
    ...viewBill(catalogue, charge),
    merchant_order_no: charge.merchant_order_no,
    query_id: charge.query_id,
    history: entries.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)),
    refunds: refunds.map(
      ({ refund: { order_id, kind, amount_fen, state, accepted_at, settled_at } }) => ({
        order_id,
        kind,
        amount_fen,
        state,
        asked_at: accepted_at,
        settled_at,
      }),
    ),
  }
}

type Failed = Pick<Transaction, 'reason' | 'state' | 'unionpay_code'>

const whyFailed = (order: Failed): string => {
  if (order.reason === 'declined')
    return explain('failed', order.unionpay_code)?.payer ?? '银联没有通过这笔交易。'
  return order.reason === 'decided_by_operator'
    ? '经商户人工核实，没有扣款。'
    : '没有提交到银联，没有扣款。'
}

const adviceOf = (order: Failed): PayerAdvice =>
  order.reason === 'declined' ? adviseOn(order.unionpay_code ?? '') : 'nothing'

type Steps = {
  asked: BillStep
  succeeded: BillStep
  failed: BillStep
  found: { succeeded: BillStep; failed: BillStep }
}

type StepTexts = { amount_fen: number; steps: Steps; why: string; advice: PayerAdvice }

const chargeSteps: Steps = {
  asked: 'asked',
  succeeded: 'paid',
  failed: 'declined',
  found: { succeeded: 'found_paid', failed: 'found_unpaid' },
}

const refundSteps: Steps = {
  asked: 'refund_asked',
  succeeded: 'refunded',
  failed: 'refund_failed',
  found: { succeeded: 'refunded', failed: 'refund_failed' },
}

const cancelSteps: Steps = {
  asked: 'cancel_asked',
  succeeded: 'cancelled',
  failed: 'cancel_failed',
  found: { succeeded: 'cancelled', failed: 'cancel_failed' },
}

/** The merchant repeats a failed refund, whatever the code. */
const refundTexts = ({ kind, amount_fen, explanation }: RefundView): StepTexts => ({
  amount_fen,
  steps: kind === 'cancel' ? cancelSteps : refundSteps,
  why: explanation?.payer ?? '没有提交到银联。',
  advice: 'ask_merchant',
})

const texts: Record<BillStep, string> = {
  asked: '商户发起扣款',
  paid: '扣款成功',
  declined: '扣款未成功',
  not_sent: '扣款未提交，没有扣款',
  in_review: '结果有疑问，商户正在人工核实',
  found_paid: '人工核实：已扣款',
  found_unpaid: '人工核实：没有扣款',
  refund_asked: '商户发起退款',
  refunded: '退款成功，款项按银行到账时间退回',
  refund_failed: '退款未成功',
  cancel_asked: '商户发起撤销',
  cancelled: '已撤销，款项退回',
  cancel_failed: '撤销未成功',
}

const failures: readonly BillStep[] = ['declined', 'refund_failed', 'cancel_failed']

function entriesOf(
  entry: OrderHistoryEntry,
  { amount_fen, steps, why, advice }: StepTexts,
): BillEntry[] {
  const step = stepOf(entry, steps)
  if (step === null) return []
  const failed = failures.includes(step) && entry.source !== 'operator'
  return [
    {
      at: entry.at,
      step,
      source: entry.source,
      amount_fen,
      advice: failed ? advice : null,
      text: failed ? `${texts[step]}：${why}` : texts[step],
    },
  ]
}

function stepOf({ source, from, to, reason }: OrderHistoryEntry, steps: Steps): BillStep | null {
  if (from === null) return steps.asked
  if (reason === 'paid_once') return null
  if (from === to && reason !== 'decided_by_operator') return 'in_review'
  if (source === 'operator') return to === 'pending' ? null : steps.found[to]
  if (to === 'succeeded') return steps.succeeded
  if (to !== 'failed') return null
  return reason === 'not_sent' && steps === chargeSteps ? 'not_sent' : steps.failed
}

const nothing: BillTotals = { count: 0, paid_fen: 0, refunded_fen: 0, net_fen: 0, pending_fen: 0 }

const add = (one: BillTotals, other: BillTotals): BillTotals => ({
  count: one.count + other.count,
  paid_fen: one.paid_fen + other.paid_fen,
  refunded_fen: one.refunded_fen + other.refunded_fen,
  net_fen: one.net_fen + other.net_fen,
  pending_fen: one.pending_fen + other.pending_fen,
})

/** Totals of plans by scenario; a scenario without a bill is omitted. */
export function summarise(
  catalogue: Catalogue,
  month: string | null,
  plans: (BillTotals & { plan_id: string })[],
): BillSummary {
  const parts = scenarios.map((scenario) => ({
    scenario,
    ...plans
      .filter(({ plan_id }) => planView(catalogue.find(plan_id), plan_id).scenario === scenario)
      .reduce(add, nothing),
  }))
  return { month, ...plans.reduce(add, nothing), scenarios: parts.filter(({ count }) => count > 0) }
}

import type { BillDetailView, BillEntry, BillStep, BillView, OrderHistoryEntry, RefundView } from '../api.ts'
import { planView } from '../plans/plan.ts'
import type { Catalogue } from '../plans/catalogue.ts'
import type { ChargeRow } from './charge.ts'
import { explain, iso } from './view.ts'

/** A charge as the person who paid reads it. */
export const viewBill = (catalogue: Catalogue, charge: ChargeRow): BillView => ({
  order_id: charge.order_id,
  contract: charge.contract_ref,
  plan: planView(catalogue.find(charge.plan_id), charge.plan_id),
  amount_fen: charge.amount_fen,
  refunded_fen: charge.refunded_fen,
  refunding_fen: charge.refunding_fen,
  description: charge.description,
  state: charge.state,
  in_review: charge.needs_review,
  explanation: charge.state === 'failed' ? whyFailed(charge) : null,
  paid_at: charge.accepted_at.toISOString(),
  settled_at: iso(charge.settled_at),
})

export type RefundStory = { refund: RefundView; history: OrderHistoryEntry[] }

/** The bill with all that happened to it, oldest first; a step that changed nothing for the payer is left out. */
export function viewBillDetail(catalogue: Catalogue, charge: ChargeRow, history: OrderHistoryEntry[], refunds: RefundStory[]): BillDetailView {
  const told = [
    ...history.flatMap((entry) => tell(entry, chargeSteps, charge.amount_fen, whyFailed(charge))),
    ...refunds.flatMap(({ refund, history: steps }) =>
      steps.flatMap((entry) => tell(entry, refund.kind === 'cancel' ? cancelSteps : refundSteps, refund.amount_fen, refund.explanation?.payer ?? not_sent))),
  ]
  return {
    ...viewBill(catalogue, charge),
    merchant_order_no: charge.merchant_order_no,
    query_id: charge.query_id,
    history: told.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)),
    refunds: refunds.map(({ refund: { order_id, kind, amount_fen, state, accepted_at, settled_at } }) =>
      ({ order_id, kind, amount_fen, state, asked_at: accepted_at, settled_at })),
  }
}

const not_sent = '没有提交到银联，没有扣款。'

const whyFailed = (charge: ChargeRow): string =>
  (charge.reason === 'declined' ? explain(charge.state, charge.unionpay_code)?.payer : null) ?? not_sent

type Steps = { asked: BillStep; succeeded: BillStep; failed: BillStep }
const chargeSteps: Steps = { asked: 'asked', succeeded: 'paid', failed: 'declined' }
const refundSteps: Steps = { asked: 'refund_asked', succeeded: 'refunded', failed: 'refund_failed' }
const cancelSteps: Steps = { asked: 'cancel_asked', succeeded: 'cancelled', failed: 'cancel_failed' }

const words: Record<BillStep, string> = {
  asked: '商户发起扣款', paid: '扣款成功', declined: '扣款未成功', not_sent: '扣款未提交，没有扣款', in_review: '结果有疑问，商户正在人工核实',
  reviewed: '人工核实完成', refund_asked: '商户发起退款', refunded: '退款成功，款项按银行到账时间退回', refund_failed: '退款未成功',
  cancel_asked: '商户发起撤销', cancelled: '已撤销，款项退回', cancel_failed: '撤销未成功',
}

function tell(entry: OrderHistoryEntry, steps: Steps, amount_fen: number, why: string): BillEntry[] {
  const step = stepOf(entry, steps)
  if (step === null) return []
  const text = step === 'declined' || step === steps.failed ? `${words[step]}：${why}` : words[step]
  return [{ at: entry.at, step, amount_fen, text }]
}

function stepOf(entry: OrderHistoryEntry, steps: Steps): BillStep | null {
  if (entry.source === 'person') return 'reviewed'
  if (entry.from === null) return steps.asked
  if (entry.from === entry.to) return 'in_review'
  if (entry.to === 'succeeded') return steps.succeeded
  if (entry.to !== 'failed') return null
  return entry.reason === 'not_sent' && steps === chargeSteps ? 'not_sent' : steps.failed
}

import type { BillSummary, BillTotals } from '../api.ts'
import { planView, scenarios } from '../plans/plan.ts'
import type { Catalogue } from '../plans/catalogue.ts'

const nothing: BillTotals = { count: 0, paid_fen: 0, refunded_fen: 0, net_fen: 0, pending_fen: 0 }

const add = (one: BillTotals, other: BillTotals): BillTotals => ({
  count: one.count + other.count,
  paid_fen: one.paid_fen + other.paid_fen,
  refunded_fen: one.refunded_fen + other.refunded_fen,
  net_fen: one.net_fen + other.net_fen,
  pending_fen: one.pending_fen + other.pending_fen,
})

/** Totals of each plan gathered by what the plan is for; a scenario without a bill is left out. */
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

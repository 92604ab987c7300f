import type { PlanView, Scenario } from '../api.ts'

/** A signing template as the merchant applied for it (product manual, 附录1). Amounts in fen. */
export type Plan = PlanView & {
  unionpay_advances_reason: string | null
  fixed_merchants: string[] | null
  fixed_merchants_reason: string | null
  termination_notice_url: string
}

export const scenarios: readonly Scenario[] = ['transport', 'car', 'retail', 'living']

/** What a payer may read of a plan. */
export function viewPlan(plan: Plan): PlanView {
  const { unionpay_advances_reason: _a, fixed_merchants: _b, fixed_merchants_reason: _c, termination_notice_url: _d, ...view } = plan
  return view
}

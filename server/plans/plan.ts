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
  const {
    unionpay_advances_reason: _a,
    fixed_merchants: _b,
    fixed_merchants_reason: _c,
    termination_notice_url: _d,
    ...view
  } = plan
  return view
}

/** A plan that has left the catalogue keeps its contracts and bills readable. */
export const planView = (plan: Plan | undefined, plan_id: string): PlanView =>
  plan
    ? viewPlan(plan)
    : {
        plan_id,
        scenario: 'living',
        sub_scenario: '',
        payee: '',
        title: plan_id,
        content: '',
        single_limit_fen: 0,
        daily_limit_fen: 0,
        credit_card_required: false,
        verify_mobile: false,
        verify_identity: false,
        unionpay_advances: false,
        offline: false,
        accepts_new: false,
        notice_days: null,
      }

/** The plan_ids that plans.yaml comes with; UnionPay gives other ones. */
export const isExamplePlan = ({ plan_id }: Pick<Plan, 'plan_id'>): boolean =>
  /^a1f0c3d2e4b5968778695a4b3c2d1e\d\d$/.test(plan_id)

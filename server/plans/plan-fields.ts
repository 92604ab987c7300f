import { scenarios, type Plan } from './plan.ts'

type Check = (value: unknown) => string | null

const textOf =
  (max: number): Check =>
  (value) =>
    typeof value !== 'string' || value.trim() === ''
      ? 'must be a text'
      : value.length > max
        ? `is longer than ${max} characters`
        : null
const optionalText: Check = (value) => (value === null ? null : textOf(200)(value))
const flag: Check = (value) => (typeof value === 'boolean' ? null : 'must be true or false')
const fen: Check = (value) =>
  Number.isSafeInteger(value) && (value as number) > 0
    ? null
    : 'must be a whole number of fen above 0'
const noticeDays: Check = (value) =>
  value === null || (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 60)
    ? null
    : 'must be 1–60 days, or null where nothing renews by itself'
const merchantNumbers: Check = (value) => {
  if (value === null) return null
  if (!Array.isArray(value) || value.length === 0)
    return 'must be a list of merchant numbers, or null with a reason'
  const wrong = value.find(
    (number) => typeof number !== 'string' || !/^[A-Za-z0-9]{15}$/.test(number),
  )
  return wrong === undefined
    ? null
    : `"${String(wrong)}" is not a merchant number: 15 letters and digits, in quotes`
}

/**
 * Every field of a plan, each with what must hold of it alone. The order is that of the application
 * form (附录1).
 */
export const planFields: Record<keyof Plan, Check> = {
  plan_id: (value) =>
    typeof value === 'string' && /^[A-Za-z0-9]{1,32}$/.test(value)
      ? null
      : 'must be 1–32 letters and digits, as UnionPay gave it',
  scenario: (value) =>
    scenarios.includes(value as never) ? null : `must be one of ${scenarios.join(', ')}`,
  sub_scenario: textOf(20),
  payee: textOf(20),
  title: textOf(40),
  content: textOf(500),
  single_limit_fen: fen,
  daily_limit_fen: fen,
  credit_card_required: flag,
  verify_mobile: flag,
  verify_identity: flag,
  unionpay_advances: flag,
  unionpay_advances_reason: optionalText,
  fixed_merchants: merchantNumbers,
  fixed_merchants_reason: optionalText,
  termination_notice_url: (value) =>
    typeof value === 'string' && /^https?:\/\/[^\s?#]+$/.test(value)
      ? null
      : 'must be an http(s) address without a query',
  offline: flag,
  accepts_new: flag,
  notice_days: noticeDays,
}

/** Fields that a catalogue may leave out, and what that means. */
export const planDefaults: Partial<Plan> = { notice_days: null }

/** What must hold between fields. */
export function planRules(plan: Plan): [field: string, problem: string][] {
  const problems: [string, string][] = []
  if (plan.daily_limit_fen < plan.single_limit_fen)
    problems.push(['daily_limit_fen', 'is below single_limit_fen'])
  if (plan.unionpay_advances && !plan.unionpay_advances_reason)
    problems.push([
      'unionpay_advances_reason',
      'the form asks for a reason when unionpay_advances is true',
    ])
  if (!plan.fixed_merchants && !plan.fixed_merchants_reason)
    problems.push([
      'fixed_merchants_reason',
      'the form asks for a reason when fixed_merchants is null',
    ])
  return problems
}

import type { Amounts } from './amounts.ts'
import type { Order } from './order.ts'

/** Money taken by contract number: one row of `charges`. */
export type Charge = Order & {
  contract_ref: string
  plan_id: string
  merchant_order_no: string
  description: string
  accepted_on: string
  /** the debit notice that it used */
  notice_ref: string | null
  /** the contract whose exemption it used: the first debit is what the person signed for */
  first_debit_of: string | null
}

/** A charge with what lists show beside it. */
export type ChargeRow = Charge & Amounts & { user_id: string }

/** Only what is paid for certain is given back; of an order that was paid twice one of the payments is. */
export const mayBeGivenBack = ({
  state,
  needs_review,
  review_reason,
}: Pick<Charge, 'state' | 'needs_review' | 'review_reason'>): boolean =>
  state === 'succeeded' && (!needs_review || review_reason === 'paid_twice')

/** A debit that was refused for want of money is tried again; the notice of it holds for so many days. */
export const notice_holds_days = 15

/** What the merchant wants charged. `limits`: those of the contract's plan. */
export type ChargeRequest = {
  merchant_order_no: string
  amount_fen: number
  description: string
  merchant_no: string
}

const beijing_offset_ms = 8 * 3_600_000
const day_ms = 86_400_000

/** The clearing day an instant belongs to, `YYYY-MM-DD`: it ends at `ends` (HH:MM, Beijing); later is the next day's (ACP §7.1). */
export function clearingDay(instant: Date, ends: string): string {
  const [hours = 0, minutes = 0] = ends.split(':').map(Number)
  return new Date(instant.getTime() + beijing_offset_ms + day_ms - (hours * 60 + minutes) * 60_000)
    .toISOString()
    .slice(0, 10)
}

/** UnionPay's settleDate is MMDD without a year (ACP §5): the year that brings it nearest to the order. Null for no date at all. */
export function settleDay(month_day: string | null, near: Date): string | null {
  const [, month, day] = /^(\d\d)(\d\d)$/.exec(month_day ?? '') ?? []
  if (!month || !day) return null
  const year = near.getUTCFullYear()
  const days = [year - 1, year, year + 1].map((one) => `${one}-${month}-${day}`).filter(exists)
  return days.toSorted((one, other) => distance(one, near) - distance(other, near))[0] ?? null
}

const exists = (day: string): boolean =>
  !Number.isNaN(Date.parse(day)) && new Date(Date.parse(day)).toISOString().slice(0, 10) === day
const distance = (day: string, near: Date): number => Math.abs(Date.parse(day) - near.getTime())

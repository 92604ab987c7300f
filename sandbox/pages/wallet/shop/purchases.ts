import { reactive, watch } from 'vue'
import { read, send } from '../../request.ts'
import { journal } from '../journal/journal.ts'

type OrderState = 'pending' | 'succeeded' | 'failed'
export type Refund = {
  order_id: string
  kind: string
  amount_fen: number
  state: OrderState
  explanation: Explanation | null
}
type Explanation = { operator: string; payer: string }
export type Charge = {
  order_id: string
  amount_fen: number
  refunded_fen: number
  description: string
  state: OrderState
  needs_review: boolean
  unionpay_code: string | null
  explanation: Explanation | null
  next_query_at: string | null
  history: { at: string; to: OrderState; source: string }[]
  refunds: Refund[]
}
export type Attempt = { at: string; status: number | null; acknowledged: boolean }
export type NoticeView = {
  notice_id: number
  order_id: string
  state: string
  attempts: Attempt[]
  next_attempt_at: string | null
  fields: Record<string, string>
}
/** UnionPay's view of the order. */
export type GatewayOrder = {
  order_id: string
  state: 'accepted' | 'succeeded' | 'failed'
  advanced: boolean
  notices: NoticeView[]
  queries: number
  card: { bank: string; last4: string } | null
}
export type Purchase = {
  product_id: string
  purchase_id: string
  charge: Charge
  order: GatewayOrder | null
}

const most_purchases = 12
const poll_interval_ms = 900

/** The purchases since the page was opened, newest first. */
export const purchases = reactive<Purchase[]>([])

export function follow(purchase: Omit<Purchase, 'order'>): void {
  purchases.unshift({ ...purchase, order: null })
  purchases.length = Math.min(purchases.length, most_purchases)
  void look(purchase.charge.order_id)
}

const inMotion = ({ charge, order }: Purchase): boolean =>
  charge.state === 'pending' ||
  charge.refunds.some(({ state }) => state === 'pending') ||
  (order?.notices ?? []).some(({ state }) => state === 'waiting')

/** Both sides of one order: the merchant server's charge, and UnionPay's order. */
async function look(order_id: string): Promise<void> {
  const purchase = purchases.find((one) => one.charge.order_id === order_id)
  if (!purchase) return
  const path = encodeURIComponent(order_id)
  const [charge, order] = await Promise.allSettled([
    read<Charge>(`/_pages/shop/charges/${path}`),
    read<GatewayOrder>(`/_control/gateway/orders/${path}`),
  ])
  if (charge.status === 'fulfilled') purchase.charge = charge.value
  purchase.order = order.status === 'fulfilled' ? order.value : null // UnionPay never received it
}

/**
 * Follows everything in progress, and every journal entry about an order. Returns a function that
 * stops it.
 */
export function followPurchases(): () => void {
  const timer = setInterval(() => {
    for (const purchase of purchases) if (inMotion(purchase)) void look(purchase.charge.order_id)
  }, poll_interval_ms)
  const unwatch = watch(
    () => journal.entries[0]?.seq,
    () => {
      const text = JSON.stringify(journal.entries[0] ?? {})
      for (const { charge } of purchases)
        if (text.includes(charge.order_id)) void look(charge.order_id)
    },
  )
  return () => {
    clearInterval(timer)
    unwatch()
  }
}

/** Refunds the whole remainder, or a part. */
export async function refund(order_id: string, amount_fen: number): Promise<void> {
  await send('POST', `/_pages/shop/charges/${encodeURIComponent(order_id)}/refunds`, { amount_fen })
  await look(order_id)
}

export const forgetPurchases = (): void => void purchases.splice(0)

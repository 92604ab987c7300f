import { computed, reactive, watch } from 'vue'
import { RefusedError, read, send } from '../../request.ts'
import { wallet } from '../wallet-state.ts'
import { follow, purchases, type Purchase } from './purchases.ts'

export type Product = {
  product_id: string
  group: string
  use: string
  title: string
  description: string
  amount_fen: number
  plan_id: string | null
  notice_days: number | null
  scene: 'metro_gate' | 'parking_gate' | 'vending_machine' | 'membership' | null
  signed: boolean
}
export type Problem = { code: string; message: string }

const first = 'drink'

/** The selected product and its price. */
export const shop = reactive({
  products: [] as Product[],
  product_id: first,
  amount_fen: 0,
  description: '',
  buying: false,
  problem: null as Problem | null,
})

export const chosen = computed(
  () => shop.products.find((one) => one.product_id === shop.product_id) ?? null,
)
/** The purchase whose steps are shown: the last one of this product. */
export const current = computed<Purchase | null>(
  () => purchases.find((one) => one.product_id === shop.product_id) ?? null,
)

/**
 * idle: nothing requested yet; the gate opens at pending, since UnionPay has accepted; paid comes
 * with the notification.
 */
export type Phase = 'idle' | 'asking' | 'pending' | 'paid' | 'declined'
export const phase = computed<Phase>(() => {
  if (shop.buying) return 'asking'
  if (shop.problem) return 'declined'
  const state = current.value?.charge.state
  return state === undefined
    ? 'idle'
    : state === 'succeeded'
      ? 'paid'
      : state === 'failed'
        ? 'declined'
        : 'pending'
})

export function choose(product: Product): void {
  shop.product_id = product.product_id
  shop.amount_fen = product.amount_fen
  shop.description = product.description
  shop.problem = null
}

async function readProducts(): Promise<void> {
  const { products } = await read<{ products: Product[] }>('/_pages/shop/products')
  shop.products = products
  if (shop.amount_fen === 0 && chosen.value) choose(chosen.value)
}

/** Signing and ending a contract change what may be bought. */
export function followContracts(): () => void {
  const signed = () =>
    JSON.stringify([
      wallet.view?.user.user_id,
      wallet.view?.contracts.map((one) => [one.contract_id, one.status]),
    ])
  const look = () => void readProducts().catch(noteProblem)
  look()
  return watch(signed, look)
}

export const noteProblem = (reason: unknown): void => {
  const refused = reason instanceof RefusedError ? reason : new RefusedError(0, String(reason))
  shop.problem = { code: refused.code ?? '', message: refused.message }
}

/**
 * What the machine does when its door closes: its back end requests the charge from the merchant
 * server.
 */
export async function buy(): Promise<void> {
  const { product_id, amount_fen, description } = shop
  shop.buying = true
  shop.problem = null
  try {
    const charge = await send<Purchase['charge'] & { purchase_id: string }>(
      'POST',
      '/_pages/shop/buy',
      { product_id, amount_fen, description },
    )
    follow({
      product_id,
      purchase_id: charge.purchase_id,
      charge: { ...charge, history: [], refunds: [] },
    })
  } catch (reason) {
    noteProblem(reason)
  } finally {
    shop.buying = false
  }
}

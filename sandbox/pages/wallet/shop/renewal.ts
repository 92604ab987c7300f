import { computed, ref, watch } from 'vue'
import { read, send } from '../../request.ts'
import { wallet } from '../wallet-state.ts'
import { purchases } from './purchases.ts'
import { buy, chosen, noteProblem, shop } from './shop-state.ts'

/** What the shop's back end answers: examples/shop/renewals.ts. */
export type Renewal = {
  first: boolean
  due: boolean
  notice: {
    id: string
    debit_on: string
    amount_fen: number
    deliveries: { channel: string }[]
  } | null
}

export const renewal = ref<Renewal | null>(null)
export const working = ref(false)
/** The plan renews by itself, so it may only be debited as announced. */
export const renews = computed(
  () => chosen.value?.signed === true && chosen.value.notice_days !== null,
)

async function doing(work: () => Promise<void>): Promise<void> {
  working.value = true
  shop.problem = null
  await work().then(look).catch(noteProblem)
  working.value = false
}

async function look(): Promise<void> {
  const asked = shop.product_id
  const found = renews.value ? await read<Renewal>(`/_pages/shop/renewals/${asked}`) : null
  if (asked !== shop.product_id) return
  renewal.value = found
  if (found?.notice) shop.amount_fen = found.notice.amount_fen
}

/** Whether the payer's own page has shown the notice. */
export const seenOnPhone = computed(
  () => renewal.value?.notice?.deliveries.some(({ channel }) => channel === 'mini_app') ?? false,
)
const poll_interval_ms = 2_000

/**
 * Follows what the renewal depends on: the contract, the debits so far, the clock, the phone.
 * Returns a function that stops it.
 */
export function followRenewal(): () => void {
  const unwatch = watch(
    () => [renews.value, shop.product_id, purchases[0]?.charge.state, wallet.view?.clock.offset_ms],
    () => void look().catch(noteProblem),
    { immediate: true },
  )
  const timer = setInterval(() => {
    if (renewal.value?.notice && !seenOnPhone.value && !working.value)
      void look().catch(noteProblem)
  }, poll_interval_ms)
  return () => {
    unwatch()
    clearInterval(timer)
  }
}

export const announce = () =>
  doing(
    async () =>
      void (await send('POST', `/_pages/shop/renewals/${shop.product_id}`, {
        amount_fen: shop.amount_fen,
      })),
  )

/**
 * Moves the sandbox's clock, and the merchant server's with it, to nine in the morning of that day.
 */
export const moveToDay = (day: string) =>
  doing(async () => void (await send('POST', '/_control/clock', { set: `${day}T09:00:00+08:00` })))

export const debit = () => doing(buy)

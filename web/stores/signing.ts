import { computed, ref, shallowRef } from 'vue'
import type { SigningReturn, SigningStart } from '../../server/api.ts'
import { acceptHMRUpdate, defineStore } from 'pinia'
import { useApp } from './app.ts'
import {
  nextSigning,
  readSigning,
  type SigningEvent,
  type SigningRecord,
} from './signing-record.ts'
import { parseRecord, storage } from './storage.ts'
import { useWallet } from './wallet.ts'

const SIGNING = 'signing'
/** UnionPay's page and the return address. More steps than this were not one signing. */
const MAX_HISTORY_STEPS = 9
/** A navigation that has not left the page by then did not happen. */
const NAVIGATION_TIMEOUT_MS = 8_000

/**
 * The position of this page in the history. `history.length` alone would count entries ahead of it;
 * the router stores the position.
 */
function historyPosition(): number {
  const position: unknown = (window.history.state as { position?: unknown } | null)?.position
  return typeof position === 'number' ? position : window.history.length - 1
}

export const useSigning = defineStore('signing', () => {
  const record = ref(readSigning(parseRecord(storage.get(SIGNING))))
  /**
   * what the return brought, to show before the first read; it holds a proof and is never stored
   */
  const returned = shallowRef<SigningReturn | null>(null)

  function save(next: SigningRecord): void {
    if (next === record.value) return
    record.value = next
    storage.set(SIGNING, JSON.stringify(next))
  }

  const apply = (event: SigningEvent, brought?: Partial<Omit<SigningRecord, 'state'>>) =>
    save(nextSigning(record.value, event, brought))

  apply('page_loaded')

  const isOpening = (signing_id: string) =>
    record.value.state === 'opening' && record.value.signing_id === signing_id
  const isInOtherWindow = (signing_id: string) =>
    record.value.state === 'in_other_window' && record.value.signing_id === signing_id
  const openFailed = computed(() => record.value.state === 'open_failed')

  const leaveForSignIn = (plan_id: string) => apply('left_for_sign_in', { plan_id })

  /**
   * The plan whose terms were agreed to, if the sign-in returns to its page. A sign-in for another
   * page drops the agreement.
   */
  function agreedPlanFor(path: string): string | null {
    const { state, plan_id } = record.value
    if (state !== 'signing_in') return null
    if (path.split('?')[0] === `/plans/${plan_id}`) return plan_id
    apply('cancelled')
    return null
  }

  /**
   * Back from the sign-in with the plan that the server stored, or with this window's own where the
   * server's response was lost.
   */
  function resume(plan_id: string | null = record.value.plan_id): void {
    if (plan_id === null) apply('cancelled')
    else apply('signed_in', { plan_id })
  }

  /** True once, for the plan that the payer had agreed to before the sign-in. */
  function takeConsent(plan_id: string): boolean {
    const agreed = record.value.state === 'agreed' && record.value.plan_id === plan_id
    apply('consent_used')
    return agreed
  }

  /**
   * The server has started a signing. The page of its result comes first: the back key leads from
   * UnionPay's page to it.
   */
  const start = (signing_id: string) => apply('started', { signing_id })

  /**
   * Opens UnionPay's signing page: in this window, or in a second one where the setting says so.
   */
  async function open(
    { signing_id, signing_page_url }: SigningStart,
    title: string,
  ): Promise<void> {
    start(signing_id)
    if (useApp().view?.signing_window === 'web_view') return openWindow(signing_page_url, title)
    setTimeout(stay, NAVIGATION_TIMEOUT_MS)
    save({ ...record.value, history_position: historyPosition() })
    try {
      window.location.assign(signing_page_url)
    } catch {
      fail()
    }
  }

  async function openWindow(url: string, title: string): Promise<void> {
    const result = await useWallet().openWindow(url, title)
    // silence is the normal answer; only an explicit refusal is a failure, and nothing else is
    // tried then
    const refused = result === null || result.outcome === 'failed' || result.outcome === 'cancelled'
    apply(refused ? 'open_failed' : 'window_opened')
  }

  /** UnionPay's page will not open. */
  const fail = () => apply('open_failed')

  /** The payer sees this page again: a navigation that was on its way is over. */
  const stay = () => apply('stayed')

  /** The signing that this window started last, for a return that carries nothing. */
  const lastStarted = () => record.value.signing_id

  /**
   * The history steps between the page that left for UnionPay and this one. UnionPay's page is used
   * up, and the back key must not reach it. 0 where the steps are unknown: in another window, or in
   * a wallet without history.
   */
  function takeHistorySteps(signing_id: string): number {
    const { history_position, signing_id: started } = record.value
    save({ ...record.value, history_position: null })
    if (history_position === null || started !== signing_id) return 0
    const steps = window.history.length - 1 - history_position
    return steps >= 1 && steps <= MAX_HISTORY_STEPS ? steps : 0
  }

  /** Clears what this page shows of one person's signings. */
  function clear(): void {
    returned.value = null
    stay()
  }

  return {
    returned,
    openFailed,
    isOpening,
    isInOtherWindow,
    leaveForSignIn,
    agreedPlanFor,
    resume,
    takeConsent,
    start,
    open,
    fail,
    stay,
    lastStarted,
    takeHistorySteps,
    clear,
  }
})

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useSigning, import.meta.hot))

import { ref, shallowRef } from 'vue'
import type { SigningReturn, SigningStart } from '../../server/api.ts'
import { acceptHMRUpdate, defineStore } from 'pinia'
import { forget, keep, kept } from './kept.ts'
import { useApp } from './app.ts'
import { useWallet } from './wallet.ts'

const INTENT = 'sign-intent'
const OPENED = 'signing-opened'
const DEPTH = 'signing-depth'
// UnionPay's page and the return address; more than this was not one signing
const MOST_STEPS = 9
// a navigation that has not left by then did not happen
const LEAVING_MS = 8_000

/** The place of this page among the history's entries; their number alone would count those ahead of it too. The router notes it. */
function placeInHistory(): number {
  const position: unknown = (window.history.state as { position?: unknown } | null)?.position
  return typeof position === 'number' ? position : window.history.length - 1
}

/** The plan whose terms were agreed to, where the way back leads to its page; an intent of another page is over. */
function intentFor(path: string): string | null {
  const plan_id = kept(INTENT)
  if (plan_id !== null && path.split('?')[0] === `/plans/${plan_id}`) return plan_id
  forget(INTENT)
  return null
}

/** One attempt to sign, as this page sees it. The server's view is the only truth; this is how we got here. */
export const useSigning = defineStore('signing', () => {
  /** what the return brought, to show before the first reading */
  const returned = shallowRef<SigningReturn | null>(null)
  const leavingFor = ref<string | null>(null)
  const openedWindow = ref<string | null>(null)
  const openFailed = ref(false)
  /** the plan that the person had agreed to before the silent sign-in took the page away */
  const resumedPlan = ref<string | null>(null)

  /** Opens UnionPay's signing page: in place, or in a second window where the setting says so. */
  async function open(start: SigningStart, title: string): Promise<void> {
    openFailed.value = false
    leavingFor.value = start.signing_id
    keep(OPENED, start.signing_id)
    if (useApp().view?.signing_window !== 'web_view') {
      setTimeout(stay, LEAVING_MS)
      keep(DEPTH, String(placeInHistory()))
      window.location.assign(start.signing_page_url)
      return
    }
    const result = await useWallet().openWindow(start.signing_page_url, title)
    stay()
    // silence is the normal answer here; only an explicit refusal is a failure, and nothing falls back by itself
    if (result === null || result.outcome === 'failed' || result.outcome === 'cancelled')
      openFailed.value = true
    else openedWindow.value = start.signing_id
  }

  /** Seen again: whatever was on its way is over. */
  function stay(): void {
    leavingFor.value = null
  }

  /** the attempt this window opened last, for a return that says nothing at all */
  const lastOpened = () => kept(OPENED)

  /**
   * How many steps of the history lie between the page that left for UnionPay and this one: UnionPay's page is used up and must not be
   * met again by the back key. 0 where nobody can tell: another window, or a wallet that keeps no history.
   */
  function stepsSinceLeaving(signing_id: string): number {
    const place = kept(DEPTH)
    forget(DEPTH)
    const steps = window.history.length - 1 - Number(place)
    return place !== null && lastOpened() === signing_id && steps >= 1 && steps <= MOST_STEPS
      ? steps
      : 0
  }

  const rememberIntent = (plan_id: string) => void keep(INTENT, plan_id)

  /** Back from the sign-in: what the server kept, or this window where the server's answer was lost. */
  function resumeIntent(told: string | null = kept(INTENT)): void {
    resumedPlan.value = told
    forget(INTENT)
  }

  /** What was shown of one person's signings. */
  function clear(): void {
    returned.value = null
    leavingFor.value = null
  }

  function takeResumed(plan_id: string): boolean {
    const same = resumedPlan.value === plan_id
    resumedPlan.value = null
    return same
  }

  return {
    returned,
    leavingFor,
    openedWindow,
    openFailed,
    open,
    stay,
    lastOpened,
    stepsSinceLeaving,
    rememberIntent,
    intentFor,
    resumeIntent,
    clear,
    takeResumed,
  }
})

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useSigning, import.meta.hot))

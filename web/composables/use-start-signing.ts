import { onBeforeUnmount, ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { PlanView, SessionView } from '../../server/api.ts'
import type { Fault } from '../api/result.ts'
import { server } from '../api/server.ts'
import { useApp } from '../stores/app.ts'
import { useSession } from '../stores/session.ts'
import { useSigning } from '../stores/signing.ts'
import { useWallet } from '../stores/wallet.ts'
import { usePageResume } from './use-page-resume.ts'

/** True for a payer without a merchant account: there is no account to confirm before signing. */
export const hasNoMerchantAccount = (session: SessionView | null): boolean =>
  session?.account.origin === 'made' &&
  session.pending_account === null &&
  !session.account_conflict

/** The action of the sign button, from the checks on this page to UnionPay's page. */
export function useStartSigning() {
  const router = useRouter()
  const route = useRoute()
  const session = useSession()
  const signing = useSigning()
  const wallet = useWallet()
  const busy = ref(false)
  const fault = ref<Fault | null>(null)
  // a payer who left the page while the server was asked is not moved from where they are now
  let left = false
  onBeforeUnmount(() => (left = true))

  /**
   * True when the page runs inside a working wallet. Otherwise shows why signing is impossible
   * here.
   */
  async function isInWallet(): Promise<boolean> {
    const found = await wallet.whenFound()
    if (left) return false
    if (found === null) fault.value = useApp().fault
    else if (found.place === 'outside') await router.push('/outside')
    else if (found.place === 'script_blocked')
      await router.push({ path: '/blocked', query: { to: route.fullPath } })
    else if (found.place === 'old_app') await router.push('/old-app')
    else return true
    return false
  }

  /** True when the payer is known and no question about their account is open. */
  async function isPayerKnown(plan: PlanView): Promise<boolean> {
    const result = await session.read()
    if (left) return false
    if (!result.ok) fault.value = result.fault
    else if (result.value.session) return result.value.session.pending_account === null
    // continues only where nothing is left to read: no merchant account to confirm first
    else if (await session.prove()) return hasNoMerchantAccount(session.session) && !left
    else if (!left) {
      if (route.name === 'plan') signing.leaveForSignIn(plan.plan_id)
      await router.replace({ path: '/sign-in', query: { to: route.fullPath } })
    }
    return false
  }

  async function openSigningPage(plan: PlanView): Promise<void> {
    const result = await server.startSigning(plan.plan_id)
    if (left) return
    if (!result.ok) {
      fault.value = result.fault
      return
    }
    const path = `/signings/${result.value.signing_id}`
    signing.start(result.value.signing_id)
    await (route.name === 'signing' ? router.replace(path) : router.push(path))
    await signing.open(result.value, plan.title)
  }

  /** Starts a signing of a plan that the payer agreed to. */
  async function start(plan: PlanView): Promise<void> {
    if (busy.value) return
    busy.value = true
    fault.value = null
    try {
      if ((await isInWallet()) && (await isPayerKnown(plan))) await openSigningPage(plan)
    } catch {
      // the router refused to navigate: the payer is still here and can press again
      signing.fail()
    } finally {
      busy.value = false
    }
  }

  // a page restored from memory must not wait for a response that went to its earlier life
  usePageResume(() => {
    busy.value = false
    if (fault.value?.code === 'offline' && navigator.onLine) fault.value = null
  })
  return { busy, fault, start }
}

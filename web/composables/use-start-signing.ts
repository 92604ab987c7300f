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

/** A wallet that pays for nobody but its own person: there is no account to look at before signing. */
export const isPlain = (session: SessionView | null): boolean =>
  session?.account.origin === 'made' &&
  session.pending_account === null &&
  !session.account_conflict

/** What the sign button does, from the place the page runs in to UnionPay's page. */
export function useStartSigning() {
  const router = useRouter()
  const route = useRoute()
  const session = useSession()
  const signing = useSigning()
  const wallet = useWallet()
  const busy = ref(false)
  const fault = ref<Fault | null>(null)
  // whoever left the page while the server was asked is not taken away from where they went
  let left = false
  onBeforeUnmount(() => (left = true))

  async function elsewhere(): Promise<boolean> {
    const found = await wallet.whenFound()
    if (left) return true
    if (found === null) fault.value = useApp().fault
    else if (found.place === 'outside') await router.push('/outside')
    else if (found.place === 'script_blocked')
      await router.push({ path: '/blocked', query: { to: route.fullPath } })
    else if (found.place === 'old_app') await router.push('/old-app')
    else return false
    return true
  }

  /** True when we know whom we talk to and no question about the account is open. */
  async function known(plan: PlanView): Promise<boolean> {
    const result = await session.read()
    if (left) return false
    if (!result.ok) fault.value = result.fault
    else if (result.value.session) return result.value.session.pending_account === null
    // goes on by itself only where nothing is left to be read: no merchant account to look at first
    else if (await session.prove()) return isPlain(session.session) && !left
    else if (!left) {
      if (route.name === 'plan') signing.rememberIntent(plan.plan_id)
      await router.replace({ path: '/sign-in', query: { to: route.fullPath } })
    }
    return false
  }

  async function begin(plan: PlanView): Promise<void> {
    if ((await elsewhere()) || !(await known(plan))) return
    const result = await server.startSigning(plan.plan_id)
    if (left) return
    if (!result.ok) {
      fault.value = result.fault
      return
    }
    // first the page that will tell the truth: it is where the back key leads from UnionPay's page
    const result_path = `/signings/${result.value.signing_id}`
    signing.leavingFor = result.value.signing_id
    await (route.name === 'signing' ? router.replace(result_path) : router.push(result_path))
    await signing.open(result.value, plan.title)
  }

  /** Starts a signing of a plan that the person has agreed to. */
  async function start(plan: PlanView): Promise<void> {
    if (busy.value) return
    busy.value = true
    fault.value = null
    await begin(plan)
    busy.value = false
  }

  // a page restored from memory must not wait for an answer that went to its former life
  usePageResume(() => {
    busy.value = false
    if (fault.value?.code === 'offline' && navigator.onLine) fault.value = null
  })
  return { busy, fault, start }
}

import { shallowRef, watch } from 'vue'
import type { ContractView } from '../../server/api.ts'
import { server } from '../api/server.ts'
import { useSession } from '../stores/session.ts'
import { usePageResume } from './use-page-resume.ts'

/**
 * The active contract for a plan: it spares a signing that would only be refused. Asked at once, beside the questions for the plan and for
 * the session; a visitor without one has none. Again when the account is another one, when this page proved whose wallet is open, and when it
 * is seen again.
 */
export function useSignedContract(plan_id: string) {
  const signed = shallowRef<ContractView | null>(null)
  const store = useSession()

  async function look(): Promise<void> {
    const result = await server.contractOfPlan(plan_id)
    // a question that failed leaves the sign button as it is: the server refuses a second signing anyway
    if (result.ok) signed.value = result.value.contract
  }

  watch(
    () => store.session?.account.user_id_masked,
    (_now, before) => {
      if (before !== undefined) void look()
    },
  )
  watch(
    () => store.proofs,
    () => void look(),
  )
  usePageResume(() => void look())
  void look()
  return signed
}

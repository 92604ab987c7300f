import { shallowRef, watch } from 'vue'
import type { ContractView } from '../../server/api.ts'
import { server } from '../api/server.ts'
import { useSession } from '../stores/session.ts'
import { usePageResume } from './use-page-resume.ts'

/**
 * The payer's active contract for a plan, so that the page offers it instead of a signing that
 * would be refused. Requested in parallel with the plan and the session; a visitor without a
 * session has none. Requested again when the account or the proof changes and when the page is
 * shown again.
 */
export function useSignedContract(plan_id: string) {
  const signed = shallowRef<ContractView | null>(null)
  const session = useSession()

  async function load(): Promise<void> {
    const result = await server.contractOfPlan(plan_id)
    // a failed request leaves the sign button as it is: the server refuses a second signing anyway
    if (result.ok) signed.value = result.value.contract
  }

  watch(
    () => session.session?.account.user_id_masked,
    (_now, before) => {
      if (before !== undefined) void load()
    },
  )
  watch(
    () => session.proofs,
    () => void load(),
  )
  usePageResume(() => void load())
  void load()
  return signed
}

import { shallowRef, watch } from 'vue'
import type { ContractView } from '../../server/api.ts'
import { server } from '../api/server.ts'
import { usePrivacy } from '../stores/privacy.ts'
import { useSession } from '../stores/session.ts'

/** The active contract for a plan, once we know whom to ask about: it spares a signing that would only be refused. */
export function useSignedContract(plan_id: string) {
  const signed = shallowRef<ContractView | null>(null)
  const store = useSession()

  async function look(): Promise<void> {
    const result = await server.contracts()
    // a question that failed leaves the sign button as it is: the server refuses a second signing anyway
    if (result.ok) signed.value = result.value.contracts.find((contract) => contract.plan.plan_id === plan_id && contract.state === 'active') ?? null
  }

  // who agreed before has a session most of the time: asked beside it, not after it
  let asked = usePrivacy().agreed
  if (asked) void look()
  watch(() => store.session, (session) => {
    if (session && !asked) void look()
    asked = asked || session !== null
  }, { immediate: true })
  return signed
}

import { audited } from '../audit/store.ts'
import { Refusal } from '../errors.ts'
import type { Queryable } from '../storage/database.ts'
import type { Contract, EndedBy, Source } from './contract.ts'
import type { ContractsContext } from './context.ts'
import { changeContractIn } from './changes.ts'
import { relieve, relieve_silence_s } from './relieve.ts'
import { resolveTermination } from './resolve-termination.ts'

/**
 * Ends a contract. `terminating` is committed before contract.relieve is called: from then on nothing is charged, whatever
 * becomes of the call. `operator`: who did it by hand. A contract that is already ending or ended comes back as it is. Refuses contract_not_active.
 */
export async function terminateContract(
  context: ContractsContext,
  id: string,
  ended_by: EndedBy,
  operator: string | null = null,
): Promise<Contract> {
  const source: Source = ended_by === 'merchant' ? 'merchant' : 'payer'
  let ours = false
  const end = (db: Queryable): Promise<Contract> =>
    changeContractIn(db, id, (now) => {
      if (now.state === 'terminating' || now.state === 'terminated') return null
      if (now.state !== 'active') throw new Refusal('contract_not_active')
      ours = true
      return {
        to: 'terminating',
        source,
        check_in_s: relieve_silence_s,
        fields: {
          ended_by,
          terminating_at: context.clock.now(),
          relieve_attempts: 0,
          checks: 0,
          not_signed_at: null,
          reason: null,
        },
      }
    })
  const contract = await audited(context.database, end, () =>
    ours && operator !== null
      ? { author: operator, action: 'contract.terminate', subject: id }
      : null,
  )
  if (!ours) return contract
  const relieved = await relieve(context, contract)
  // A definite refusal may mean "ended already": contract.info knows, and may be asked at once when its slot is free.
  return relieved.state === 'terminating' && relieved.reason === 'relieve_refused'
    ? resolveTermination(context, id)
    : relieved
}

import { Refusal } from '../errors.ts'
import { contractRelieve } from '../unionpay/operations/contract-relieve.ts'
import { findOpenId } from '../sign-in/store.ts'
import type { Contract, EndedBy, Source } from './contract.ts'
import type { ContractsContext } from './context.ts'
import { changeContract } from './changes.ts'
import { resolveTermination } from './resolve-termination.ts'

/**
 * Ends a contract. `terminating` is committed before contract.relieve is called: from then on nothing is charged, whatever
 * becomes of the call. A contract that is already ending or ended comes back as it is. Refuses contract_not_active.
 */
export async function terminateContract(context: ContractsContext, id: string, ended_by: EndedBy): Promise<Contract> {
  const source: Source = ended_by === 'merchant' ? 'merchant' : 'payer'
  let ours = false
  const contract = await changeContract(context.database, id, (now) => {
    if (now.state === 'terminating' || now.state === 'terminated') return null
    if (now.state !== 'active') throw new Refusal('contract_not_active')
    ours = true
    return {
      to: 'terminating', source, check_in_s: relieve_silence_s,
      fields: { ended_by, terminating_at: context.clock.now(), relieve_attempts: 0, checks: 0, not_signed_at: null },
    }
  })
  return ours ? relieve(context, contract) : contract
}

/** When the process dies between commit and answer, the job takes over after this time. */
const relieve_silence_s = 60
const most_relieve_attempts = 5

/** Sends contract.relieve for a contract in `terminating`; asking again is harmless, so an unknown outcome may repeat it. */
export async function relieve(context: ContractsContext, contract: Contract): Promise<Contract> {
  if (contract.relieve_attempts >= most_relieve_attempts) {
    context.log.error({ contract: contract.id, alarm: 'relieve_exhausted' }, 'UnionPay does not end this contract; it stays closed for charges')
    return changeContract(context.database, contract.id, () => ({ fields: { needs_review: true }, check_in_s: null }))
  }
  await changeContract(context.database, contract.id, (now) => ({ fields: { relieve_attempts: now.relieve_attempts + 1 } }))
  const outcome = await context.call(contractRelieve, {
    open_id: await findOpenId(context.database.pool, context.cipher, contract.wallet_ref as string),
    plan_id: contract.plan_id,
    contract_id: context.cipher.open(contract.contract_id_sealed as string),
    contract_code: contract.contract_code,
  })
  if (outcome.kind === 'done') {
    const terminated_at = outcome.value.operated_at ?? context.clock.now()
    return changeContract(context.database, contract.id, (now) => now.state !== 'terminating' ? null
      : { to: 'terminated', source: 'relieve', fields: { terminated_at }, check_in_s: null })
  }
  context.log.warn({ contract: contract.id, unionpay_code: outcome.code, outcome: outcome.kind }, 'contract.relieve did not end the contract')
  await changeContract(context.database, contract.id, (now) => now.state !== 'terminating' ? null
    : { fields: { unionpay_code: outcome.code, reason: outcome.kind === 'refused' ? 'relieve_refused' : 'relieve_unknown' }, check_in_s: 10 })
  // A definite refusal may mean "ended already": contract.info knows, and may be asked at once when its slot is free.
  return outcome.kind === 'refused' ? resolveTermination(context, contract.id) : changeContract(context.database, contract.id, () => null)
}

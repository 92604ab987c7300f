import { contractRelieve } from '../unionpay/operations/contract-relieve.ts'
import { findOpenId } from '../sign-in/store.ts'
import { changeContract } from './changes.ts'
import type { Contract } from './contract.ts'
import type { ContractsContext } from './context.ts'

/** When the process dies between commit and answer, the job takes over after this time. */
export const relieve_silence_s = 60
const most_relieve_attempts = 5
/** After the last UnionPay is asked once a day what became of it: somebody there may have ended it. */
const day_s = 86_400

/** Sends contract.relieve for a contract in `terminating`; asking again is harmless, so an unknown outcome may repeat it. */
export async function relieve(context: ContractsContext, contract: Contract): Promise<Contract> {
  if (contract.relieve_attempts >= most_relieve_attempts) {
    context.log.error(
      { contract: contract.id, alarm: 'relieve_exhausted' },
      'UnionPay does not end this contract; it stays closed for charges',
    )
    return changeContract(context.database, contract.id, () => ({
      fields: { needs_review: true },
      check_in_s: day_s,
    }))
  }
  await changeContract(context.database, contract.id, (now) => ({
    fields: { relieve_attempts: now.relieve_attempts + 1 },
  }))
  const outcome = await context.call(contractRelieve, {
    open_id: await findOpenId(context.database.pool, context.cipher, contract.wallet_ref as string),
    plan_id: contract.plan_id,
    contract_id: context.cipher.open(contract.contract_id_sealed as string),
    contract_code: contract.contract_code,
  })
  if (outcome.kind === 'done') {
    const terminated_at = outcome.value.operated_at ?? context.clock.now()
    return changeContract(context.database, contract.id, (now) =>
      now.state !== 'terminating'
        ? null
        : { to: 'terminated', source: 'relieve', fields: { terminated_at }, check_in_s: null },
    )
  }
  context.log.warn(
    { contract: contract.id, unionpay_code: outcome.code, outcome: outcome.kind },
    'contract.relieve did not end the contract',
  )
  return changeContract(context.database, contract.id, (now) =>
    now.state !== 'terminating'
      ? null
      : {
          fields: {
            unionpay_code: outcome.code,
            reason: outcome.kind === 'refused' ? 'relieve_refused' : 'relieve_unknown',
          },
          check_in_s: 10,
        },
  )
}

import { isUniqueViolation } from '../storage/database.ts'
import type { ContractApplied } from '../unionpay/operations/contract-apply.ts'
import { changeContract, type Change, type Note } from './changes.ts'
import type { Contract } from './contract.ts'
import type { ContractsContext } from './context.ts'
import { findByContractId } from './store.ts'

/**
 * UnionPay says signed: through apply's own answer or through contract.info. A number that info names is adopted only if
 * it is neither another attempt's nor a terminated contract's.
 */
export async function activateContract(
  context: ContractsContext,
  id: string,
  signed: ContractApplied,
  source: 'apply' | 'info',
): Promise<Contract> {
  const contract_id_digest = context.cipher.digest(signed.contract_id)
  const owner = await findByContractId(context.database.pool, contract_id_digest)
  const foreign =
    owner !== null && owner.id !== id && (source === 'info' || owner.state !== 'terminated')
  if (foreign) {
    context.log.error(
      { contract: id, alarm: 'contract_elsewhere' },
      "UnionPay holds a contract for this wallet and plan that is another attempt's or has ended here",
    )
  }
  const changed = changeContract(context.database, id, (now): Change | Note => {
    if (now.state !== 'applying' && now.state !== 'abandoned') return { check_in_s: null }
    if (foreign) {
      return now.state === 'abandoned'
        ? { check_in_s: null }
        : {
            to: 'rejected',
            source,
            fields: { reason: 'already_signed_elsewhere', needs_review: true },
            check_in_s: null,
          }
    }
    return {
      // A termination notice that came while nobody knew the contract left its mark: then contract.info is asked soon.
      to: 'active',
      source,
      check_in_s: null,
      sweep_in_s: now.sweep_due_at ? context.info_pause_s : context.sweep_interval_s,
      fields: {
        reason: null,
        not_signed_at: null,
        checks: 0,
        contract_id_digest,
        contract_id_sealed: context.cipher.seal(signed.contract_id),
        signed_at: signed.operated_at ?? now.sent_at ?? context.clock.now(),
      },
    }
  })
  return changed.catch((error: unknown) => {
    if (!isUniqueViolation(error)) throw error
    // A late "signed" for an attempt that was given up, while another contract has the place: a person decides.
    context.log.error(
      { contract: id, alarm: 'second_contract' },
      'UnionPay knows a contract beside the one that is active here',
    )
    return changeContract(context.database, id, () => ({
      fields: { needs_review: true },
      check_in_s: null,
    }))
  })
}

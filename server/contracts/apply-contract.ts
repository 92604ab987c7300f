import type { Contract } from './contract.ts'
import type { ContractsContext } from './context.ts'
import { changeContract, type Change } from './changes.ts'
import { findByContractId } from './store.ts'
import { resolveSigning } from './resolve-signing.ts'
import { isUniqueViolation } from '../storage/database.ts'
import { contractApply, type ContractApplied } from '../unionpay/operations/contract-apply.ts'

type Signer = { open_id: string; access_token: string; wallet_ref: string }

/** A process that dies after sending leaves a row that asks UnionPay by itself after this time. */
const silence_s = 60

/**
 * Write, commit, then call: the row says `sent` before contract.apply goes out, and holds the one live place of user and
 * plan. `a40` and unknown outcomes are resolved with contract.info, never by applying again.
 */
export async function applyContract(context: ContractsContext, contract: Contract, signer: Signer): Promise<Contract> {
  const sent = await markSent(context, contract, signer.wallet_ref)
  if (sent.state !== 'applying') return sent
  const outcome = await context.call(contractApply, {
    access_token: signer.access_token, open_id: signer.open_id, plan_id: contract.plan_id, contract_code: contract.contract_code,
  })
  if (outcome.kind === 'done') return activate(context, contract.id, outcome.value, 'apply')
  context.log.warn({ signing_id: contract.id, unionpay_code: outcome.code, outcome: outcome.kind }, 'contract.apply did not sign')
  if (outcome.kind === 'refused' && outcome.code !== 'a40') {
    return changeContract(context.database, contract.id, (now) => now.state !== 'applying' ? null : {
      to: 'rejected', source: 'apply', fields: { reason: 'rejected', unionpay_code: outcome.code }, check_in_s: null,
    })
  }
  await changeContract(context.database, contract.id, () => ({ fields: { unionpay_code: outcome.code }, check_in_s: 0 }))
  // Already signed is an answer: ask at once what there is. After silence apply may still be on its way: the job asks.
  return outcome.kind === 'refused' ? resolveSigning(context, contract.id)
    : changeContract(context.database, contract.id, (now) => (now.state === 'applying' ? { check_in_s: 10 } : null))
}

async function markSent(context: ContractsContext, contract: Contract, wallet_ref: string): Promise<Contract> {
  try {
    return await changeContract(context.database, contract.id, (now) => now.state !== 'applying' || now.step === 'sent' ? null
      : { fields: { step: 'sent', wallet_ref, sent_at: context.clock.now() }, check_in_s: silence_s })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    return changeContract(context.database, contract.id, (now) => now.state !== 'applying' ? null
      : { to: 'rejected', source: 'apply', fields: { reason: 'already_signed_elsewhere' }, check_in_s: null })
  }
}

/**
 * UnionPay says signed: through apply's own answer or through contract.info. A number that info names is adopted only if
 * it is neither another attempt's nor a terminated contract's.
 */
export async function activate(
  context: ContractsContext, id: string, signed: ContractApplied, source: 'apply' | 'info',
): Promise<Contract> {
  const contract_id_digest = context.cipher.digest(signed.contract_id)
  const owner = await findByContractId(context.database.pool, contract_id_digest)
  const foreign = owner !== null && owner.id !== id && (source === 'info' || owner.state !== 'terminated')
  const changed = changeContract(context.database, id, (now): Change | null => {
    if (now.state !== 'applying' && now.state !== 'abandoned') return null
    if (foreign) {
      return now.state === 'abandoned' ? null
        : { to: 'rejected', source, fields: { reason: 'already_signed_elsewhere' }, check_in_s: null }
    }
    return {
      to: 'active', source, check_in_s: null, sweep_in_s: context.sweep_interval_s,
      fields: {
        reason: null, not_signed_at: null, checks: 0, contract_id_digest, contract_id_sealed: context.cipher.seal(signed.contract_id),
        signed_at: signed.operated_at ?? now.sent_at ?? context.clock.now(),
      },
    }
  })
  return changed.catch((error: unknown) => {
    if (!isUniqueViolation(error)) throw error
    // A late "signed" for an attempt that was given up, while another contract has the place: a person decides.
    context.log.error({ contract: id, alarm: 'second_contract' }, 'UnionPay knows a contract beside the one that is active here')
    return changeContract(context.database, id, () => ({ fields: { needs_review: true }, check_in_s: null }))
  })
}

import type { Contract } from './contract.ts'
import type { ContractsContext } from './context.ts'
import { changeContract, type Change, type Note } from './changes.ts'
import { isUniqueViolation } from '../storage/database.ts'
import { contractApply, type ContractApplied } from '../unionpay/operations/contract-apply.ts'
import { findByContractId, findContract } from './store.ts'
import { askContractInfo, askLater } from './ask-contract-info.ts'

type Signer = { open_id: string; access_token: string; wallet_ref: string }

/** A process that dies after sending leaves a row that asks UnionPay by itself after this time. */
const silence_s = 60

/**
 * Write, commit, then call: the row says `sent` before contract.apply goes out, and holds the one
 * live place of user and plan; who finds it taken signed the same in another tab, and UnionPay is
 * not asked. `a40` and unknown outcomes are resolved with contract.info, never by applying again.
 */
export async function applyContract(
  context: ContractsContext,
  contract: Contract,
  signer: Signer,
): Promise<Contract> {
  const sent = await markSent(context, contract, signer.wallet_ref)
  if (sent.state !== 'applying') return sent
  const outcome = await context.call(contractApply, {
    access_token: signer.access_token,
    open_id: signer.open_id,
    plan_id: contract.plan_id,
    contract_code: contract.contract_code,
  })
  if (outcome.kind === 'done') return activateContract(context, contract.id, outcome.value, 'apply')
  context.log.warn(
    { signing_id: contract.id, unionpay_code: outcome.code, outcome: outcome.kind },
    'contract.apply did not sign',
  )
  if (outcome.kind === 'refused' && outcome.code !== 'a40') {
    return changeContract(context.database, contract.id, (now) =>
      now.state !== 'applying'
        ? null
        : {
            to: 'rejected',
            source: 'apply',
            fields: { reason: 'rejected', unionpay_code: outcome.code },
            check_in_s: null,
          },
    )
  }
  await changeContract(context.database, contract.id, () => ({
    fields: { unionpay_code: outcome.code },
    check_in_s: 0,
  }))
  // Already signed is an answer: ask at once what there is. After silence apply may still be on its
  // way: the job asks.
  return outcome.kind === 'refused'
    ? resolveSigning(context, contract.id)
    : changeContract(context.database, contract.id, (now) =>
        now.state === 'applying' ? { check_in_s: 10 } : null,
      )
}

async function markSent(
  context: ContractsContext,
  contract: Contract,
  wallet_ref: string,
): Promise<Contract> {
  try {
    return await changeContract(context.database, contract.id, (now) =>
      now.state !== 'applying' || now.step === 'sent'
        ? null
        : {
            fields: { step: 'sent', wallet_ref, sent_at: context.clock.now() },
            check_in_s: silence_s,
          },
    )
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    return changeContract(context.database, contract.id, (now) =>
      now.state !== 'applying'
        ? null
        : {
            to: 'rejected',
            source: 'apply',
            fields: { reason: 'already_signed' },
            check_in_s: null,
          },
    )
  }
}

/**
 * UnionPay says signed: through apply's own answer or through contract.info. A number that info
 * names is adopted only if it is neither another attempt's nor a terminated contract's.
 */
async function activateContract(
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
      // A termination notice that came while nobody knew the contract left its mark: then
      // contract.info is asked soon.
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
    // A late "signed" for an attempt that was given up, while another contract has the place: a
    // person decides.
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

/**
 * A late look after "not signed" was believed, repeated until it is answered: an apply that
 * UnionPay held for long still ends in the right state.
 */
const late_look_s = 3600

/**
 * Asks contract.info what came of an apply that nobody answered, or that was answered with "already
 * signed".
 */
export async function resolveSigning(context: ContractsContext, id: string): Promise<Contract> {
  const contract = await findContract(context.database.pool, id)
  if (!contract) throw new Error(`contract ${id} is gone`)
  if (contract.state !== 'applying' && contract.state !== 'abandoned')
    return stopAsking(context, id)
  const answer = await askContractInfo(context, contract)
  if (answer.kind === 'too_early')
    return changeContract(context.database, id, () => ({ check_in_s: answer.in_s }))
  if (answer.kind === 'answered' && answer.info.status === 'signed' && answer.info.contract_id) {
    return activateContract(
      context,
      id,
      { contract_id: answer.info.contract_id, operated_at: null },
      'info',
    )
  }
  const isNo = answer.kind === 'answered' && answer.info.status !== 'signed'
  return isNo
    ? changeContract(context.database, id, (now) => notSigned(context, now))
    : askLater(context, contract)
}

const stopAsking = (context: ContractsContext, id: string): Promise<Contract> =>
  changeContract(context.database, id, () => ({ check_in_s: null }))

/**
 * The first "not signed" may have overtaken the apply; only a second, five minutes later, is
 * believed.
 */
function notSigned(context: ContractsContext, now: Contract): Change | Note | null {
  if (now.state === 'abandoned') return { fields: { needs_review: false }, check_in_s: null }
  if (now.state !== 'applying') return null
  const first = now.not_signed_at
  if (first === null)
    return { fields: { not_signed_at: context.clock.now() }, check_in_s: context.info_pause_s }
  return {
    to: 'abandoned',
    source: 'info',
    fields: { reason: 'unionpay_silent', checks: 0 },
    check_in_s: late_look_s,
  }
}

import type { Contract } from './contract.ts'
import type { ContractsContext } from './context.ts'
import { activateContract } from './activate-contract.ts'
import { changeContract } from './changes.ts'
import { resolveSigning } from './resolve-signing.ts'
import { isUniqueViolation } from '../storage/database.ts'
import { contractApply } from '../unionpay/operations/contract-apply.ts'

type Signer = { open_id: string; access_token: string; wallet_ref: string }

/** A process that dies after sending leaves a row that asks UnionPay by itself after this time. */
const silence_s = 60

/**
 * Write, commit, then call: the row says `sent` before contract.apply goes out, and holds the one live place of user and
 * plan; who finds it taken signed the same in another tab, and UnionPay is not asked. `a40` and unknown outcomes are resolved with contract.info, never by applying again.
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
  // Already signed is an answer: ask at once what there is. After silence apply may still be on its way: the job asks.
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

import type { Contract } from './contract.ts'
import type { ContractsContext } from './context.ts'
import { contractInfo, type ContractInfo } from '../unionpay/operations/contract-info.ts'
import { findOpenId } from '../sign-in/store.ts'
import { takeInfoSlot } from './info-slots.ts'

export type InfoAnswer =
  | { kind: 'answered'; info: ContractInfo }
  /** UnionPay may not be asked before `in_s` seconds from now */
  | { kind: 'too_early'; in_s: number }
  | { kind: 'no_answer' }

/**
 * The only door to contract.info. The slot of user and plan is taken and committed before the question goes out, by the
 * database's clock, so that no restart and no second process asks twice within five minutes. Because UnionPay's cache is
 * no older than our own last question, an answer that comes through here is never from before it.
 */
export async function askContractInfo(
  context: ContractsContext,
  contract: Contract,
): Promise<InfoAnswer> {
  if (contract.wallet_ref === null) return { kind: 'no_answer' }
  const open_id = await findOpenId(context.database.pool, context.cipher, contract.wallet_ref)
  const slot = await takeInfoSlot(
    context.database.pool,
    context.clock,
    context.info_pause_s,
    contract.wallet_ref,
    contract.plan_id,
  )
  if (!slot.taken) return { kind: 'too_early', in_s: slot.free_in_s }
  const outcome = await context.call(contractInfo, { open_id, plan_id: contract.plan_id })
  return outcome.kind === 'done' ? { kind: 'answered', info: outcome.value } : { kind: 'no_answer' }
}

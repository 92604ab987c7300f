import type { UnfinishedView } from '../api.ts'
import { findOpenId } from '../sign-in/store.ts'
import { contractStatus } from '../unionpay/operations/contract-status.ts'
import type { Contract } from './contract.ts'
import type { ContractsContext } from './context.ts'

/** Orders that are not final: ours by name, UnionPay's by number. They inform before 解约; a failed question is null and never blocks. */
export async function unfinishedOrders(
  context: ContractsContext,
  contract: Contract,
): Promise<UnfinishedView> {
  const ours = await context.unfinishedCharges(contract.id)
  if (contract.wallet_ref === null) return { ours, unionpay: null }
  const open_id = await findOpenId(context.database.pool, context.cipher, contract.wallet_ref)
  const outcome = await context.call(contractStatus, { open_id })
  return { ours, unionpay: outcome.kind === 'done' ? outcome.value.unfinished : null }
}

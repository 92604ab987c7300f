import type { Contract } from './contract.ts'
import type { ContractsContext } from './context.ts'
import { askContractInfo } from './ask-contract-info.ts'
import { activateContract } from './activate-contract.ts'
import { changeContract, type Change, type Note } from './changes.ts'
import { askLater } from './check-schedule.ts'
import { findContract } from './store.ts'

/** A late look after "not signed" was believed, repeated until it is answered: an apply that UnionPay held for long still ends in the right state. */
const late_look_s = 3600

/** Asks contract.info what came of an apply that nobody answered, or that was answered with "already signed". */
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

/** The first "not signed" may have overtaken the apply; only a second, five minutes later, is believed. */
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

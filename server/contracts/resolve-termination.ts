import type { Contract } from './contract.ts'
import type { ContractsContext } from './context.ts'
import { askContractInfo } from './ask-contract-info.ts'
import { changeContract, type Change, type Note } from './changes.ts'
import { askLater } from './check-schedule.ts'
import { findContract } from './store.ts'
import { relieve } from './relieve.ts'

/** Asks contract.info what came of a contract.relieve that was refused or not answered. */
export async function resolveTermination(context: ContractsContext, id: string): Promise<Contract> {
  const contract = await findContract(context.database.pool, id)
  if (!contract) throw new Error(`contract ${id} is gone`)
  if (contract.state !== 'terminating')
    return changeContract(context.database, id, () => ({ check_in_s: null }))
  const answer = await askContractInfo(context, contract)
  if (answer.kind === 'too_early')
    return changeContract(context.database, id, () => ({ check_in_s: answer.in_s }))
  if (answer.kind === 'no_answer') return askLater(context, contract)
  const { status } = answer.info
  if (status === 'terminated')
    return changeContract(context.database, id, (now) => ended(context, now))
  if (status === 'not_signed')
    return changeContract(context.database, id, (now) => notSigned(context, now))
  // Still signed. After a definite refusal nothing is on its way: the contract goes on. After silence relieve is sent again.
  if (contract.reason !== 'relieve_refused') return relieve(context, contract)
  return changeContract(context.database, id, (now) =>
    now.state !== 'terminating'
      ? null
      : {
          to: 'active',
          source: 'info',
          fields: { ended_by: null, reason: 'relieve_refused', not_signed_at: null, checks: 0 },
          check_in_s: null,
        },
  )
}

const ended = (context: ContractsContext, now: Contract): Change | null =>
  now.state !== 'terminating'
    ? null
    : {
        to: 'terminated',
        source: 'info',
        fields: { terminated_at: context.clock.now() },
        check_in_s: null,
      }

function notSigned(context: ContractsContext, now: Contract): Change | Note | null {
  if (now.not_signed_at !== null) return ended(context, now)
  return { fields: { not_signed_at: context.clock.now() }, check_in_s: context.info_pause_s }
}

import { changeContract } from './changes.ts'
import type { Contract } from './contract.ts'
import type { ContractsContext } from './context.ts'

/** Minutes between questions that got no answer. After the last a person is told, and the question goes on once a day. */
const gaps_minutes = [5, 10, 30, 60, 120, 240, 480]
const day_s = 86_400

/** Seconds until the next question after `checks` unanswered ones, and whether a person has to look by now. */
export function nextCheck(
  checks: number,
  pause_s: number,
): { in_s: number; needs_person: boolean } {
  const minutes = gaps_minutes[checks]
  return minutes === undefined
    ? { in_s: day_s, needs_person: true }
    : { in_s: Math.max(minutes * 60, pause_s), needs_person: false }
}

/** contract.info gave no usable answer: asks again later and, from a certain silence on, tells a person too. */
export async function askLater(context: ContractsContext, contract: Contract): Promise<Contract> {
  const { in_s, needs_person } = nextCheck(contract.checks, context.info_pause_s)
  if (needs_person)
    context.log.error(
      { contract: contract.id, state: contract.state, alarm: 'contract_unresolved' },
      'UnionPay has not said for long what became of this contract',
    )
  return changeContract(context.database, contract.id, (now) => ({
    fields: { checks: now.checks + 1, ...(needs_person ? { needs_review: true } : {}) },
    check_in_s: in_s,
  }))
}

import { changeContractIn, releaseSweep } from './changes.ts'
import { audited } from '../audit/store.ts'
import { Refusal } from '../errors.ts'
import type { ContractsContext } from './context.ts'
import { reviewOf } from './contract.ts'
import { findContract, lockContract } from './store.ts'

/** Of the line in the audit trail that lets the sweep go on. */
export const release_action = 'sweep.release'

/**
 * A person has looked at a contract that waited for one: it goes on as it is. The brake of the sweep is let go as a whole, with
 * every contract it marked. Leaves a line in the audit trail. Refuses not_found, nothing_to_resolve.
 */
export async function resolveContract(
  { database }: Pick<ContractsContext, 'database'>,
  id: string,
  author: string,
): Promise<void> {
  await audited(
    database,
    async (db) => {
      const marked = (await findContract(db, id))?.sweep_stopped === true
      const released = marked ? await releaseSweep(db) : 0 // all of them are locked in their order, this one among them
      if (released > 0)
        return { action: release_action, reason: 'sweep_stopped', contracts: released }
      const contract = await lockContract(db, id)
      if (!contract) throw new Refusal('not_found')
      if (!contract.needs_review) throw new Refusal('nothing_to_resolve')
      // why an attempt failed stays; a contract that holds goes on without a blemish
      await changeContractIn(db, id, ({ state }) => ({
        fields: {
          needs_review: false,
          number_differs: false,
          ...(state === 'active' ? { reason: null } : {}),
        },
      }))
      return { action: 'contract.resolve', reason: reviewOf(contract), contracts: 1 }
    },
    ({ action, reason, contracts }) => ({
      author,
      action,
      subject: id,
      detail: { reason, contracts },
    }),
  )
}

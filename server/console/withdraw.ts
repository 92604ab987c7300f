import type { ActionResult } from '../api.ts'
import { audited } from '../audit/store.ts'
import { Refusal } from '../errors.ts'
import { findApproval, viewApproval, withdrawApproval, type Approval } from './approval-store.ts'
import type { ConsoleContext } from './context.ts'
import type { Operator } from './operator.ts'

/**
 * Who asked for a second person takes the question back; afterwards nobody can allow it. Refuses
 * not_found, approval_of_another, approval_decided.
 */
export async function withdraw(
  { database }: ConsoleContext,
  operator: Operator,
  id: string,
): Promise<ActionResult> {
  const asked = await findApproval(database.pool, id)
  if (!asked) throw new Refusal('not_found')
  if (asked.asked_by_ref !== operator.id) throw new Refusal('approval_of_another')
  await audited(
    database,
    async (db) => {
      if (!(await withdrawApproval(db, id, operator.id))) throw new Refusal('approval_decided')
    },
    () => ({
      author: operator.name,
      action: `${asked.action}.withdrawn`,
      subject: asked.subject,
      detail: { amount_fen: asked.amount_fen, approval: id },
    }),
  )
  return {
    done: false,
    approval: viewApproval((await findApproval(database.pool, id)) as Approval),
  }
}

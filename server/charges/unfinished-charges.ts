import type { UnfinishedView } from '../api.ts'
import type { Queryable } from '../storage/database.ts'
import { listUnfinished } from './store.ts'

/** Charges of a contract that are not final, for the person who is about to end it. */
export async function unfinishedCharges(
  db: Queryable,
  contract_ref: string,
): Promise<UnfinishedView['ours']> {
  const charges = await listUnfinished(db, contract_ref)
  return charges.map(({ order_id, amount_fen, description, accepted_at }) => ({
    order_id,
    amount_fen,
    description,
    created_at: accepted_at.toISOString(),
  }))
}

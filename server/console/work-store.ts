import type { WorkView } from '../api.ts'
import type { Queryable } from '../storage/database.ts'

type WorkRow = Omit<WorkView, 'at'> & { at: Date }

/**
 * Everything that waits for a person, the oldest first: what contradicts itself, and orders of
 * which nothing was heard. By partial indexes.
 */
export async function listWork(db: Queryable, most: number): Promise<WorkView[]> {
  const orders = (table: string, kind: string, charge: string): string =>
    `select ${kind} as kind, order_id as id, ${charge} as charge, amount_fen, description, null as user_id, null as plan_id, review_reason as reason, accepted_at as at from ${table} where needs_review
     union all select ${kind}, order_id, ${charge}, amount_fen, description, null, null, 'unexplained', accepted_at from ${table}
      where state = 'pending' and waits_for = 'manual_review' and not needs_review`
  const { rows } = await db.query<WorkRow>(
    `${orders('charges', "'charge'", 'order_id')} union all ${orders('refunds', 'kind', 'charge_ref')}
     union all select 'contract', id, null, null, plan_id, (select user_id from users where users.id = user_ref), plan_id, case when sweep_stopped then 'sweep_stopped' when number_differs then 'contract_id_differs' else reason end, changed_at
       from contracts where needs_review
     order by at limit $1`,
    [most],
  )
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }))
}

import { appendAudit } from '../audit/store.ts'
import { preview, repeatableTransaction, type Queryable } from '../storage/database.ts'
import type { ChargesContext } from './context.ts'
import { logReviews, reviewOrder } from './settlement.ts'

const page = 500

/**
 * Reviews orders that were settled by versions which did not yet detect `paid_twice`: charges of an
 * order that is paid twice go into review; those already in review stay as they are. Without
 * `author` nothing changes: a preview. Returns their charges.
 */
export async function reviewPastOrders(
  { database, log }: Pick<ChargesContext, 'database' | 'log'>,
  author: string | null,
): Promise<{ merchant_order_no: string; order_ids: string[] }[]> {
  const run = author === null ? preview : repeatableTransaction
  const found: { merchant_order_no: string; order_ids: string[] }[] = []
  for (let after = '', more = true; more;) {
    const suspects = await findSuspects(database.pool, after, page)
    for (const { merchant_order_no, order_id } of suspects) {
      const { reviews } = await run(database, (db) => reviewOrder(db, order_id, 'job'))
      const order_ids = reviews
        .filter(({ review }) => review === 'paid_twice')
        .map((one) => one.order_id)
      if (order_ids.length > 0) found.push({ merchant_order_no, order_ids })
      if (author !== null) logReviews({ log }, reviews, 'job')
    }
    after = suspects.at(-1)?.merchant_order_no ?? after
    more = suspects.length === page
  }
  if (author !== null)
    await appendAudit(database.pool, {
      author,
      action: 'orders.paid_twice',
      subject: 'charges',
      detail: { orders: found.length },
    })
  return found
}

/**
 * Orders of which more than one charge may hold money. Only one charge of an order succeeds without
 * a person's decision or review (charges_one_per_order), so that each of them has one with either.
 */
async function findSuspects(
  db: Queryable,
  after: string,
  most: number,
): Promise<{ merchant_order_no: string; order_id: string }[]> {
  const { rows } = await db.query<{ merchant_order_no: string; order_id: string }>(
    `select merchant_order_no, min(order_id) as order_id from charges c
      where (c.resolved_by is not null or c.needs_review) and (c.state = 'succeeded' or c.needs_review) and c.merchant_order_no > $1
        and exists (select from charges o where o.merchant_order_no = c.merchant_order_no and o.order_id <> c.order_id
          and (o.state = 'succeeded' or o.needs_review))
      group by merchant_order_no order by merchant_order_no limit $2`,
    [after, most],
  )
  return rows
}

import type { Pool } from 'pg'
import { merchant_no } from './bench-environment.ts'

/**
 * Inserts charges that were sent and accepted; `first` is the number of the first one. The
 * `due_part`-th of them are due for a query now, all others in the following hours.
 */
export async function insertOpenOrders(
  pool: Pool,
  first: number,
  count: number,
  due_count = 0,
): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query('set local statement_timeout = 0')
    await client.query(
      `insert into charges (order_id, contract_ref, plan_id, merchant_no, merchant_order_no, amount_fen, description, txn_time, accepted_on,
         profile_digest, waits_for, unionpay_code, ended_at, due_at)
       select 'BENCH' || lpad(n::text, 21, '0'), c.ids[1 + n % array_length(c.ids, 1)], c.plan_id, $1, 'B-' || n, 1, 'an open order', '20261123120000', current_date,
         p.digest, 'notification', '00', business_now(),
         case when n < $2::bigint + $4::bigint then now() - make_interval(secs => n % 60 + 1) else now() + make_interval(secs => 300 + n % 7200) end
       from generate_series($2::bigint, $2::bigint + $3::bigint - 1) n, (select array_agg(id) as ids, min(plan_id) as plan_id from contracts) c,
         (select digest from charge_profiles limit 1) p`,
      [merchant_no, first, count, due_count],
    )
    await client.query(
      `insert into order_history (order_id, to_state, source) select order_id, state, 'merchant' from charges where order_id >= 'BENCH' || lpad($1::text, 21, '0') and order_id < 'BENCH' || lpad($2::text, 21, '0')`,
      [first, first + count],
    )
    await client.query('commit')
  } finally {
    client.release()
  }
  await pool.query('analyze charges')
}

import type { Clock } from '../kernel/clock.ts'
import type { Queryable } from '../storage/database.ts'

/**
 * UnionPay's cache and its patience are both five minutes (open platform §5.4). The rest allows for its clock, and for a question
 * that leaves late because a token has to be had first.
 */
export const info_pause_s = 320
/** A slot is used so soon after it was asked for or not at all. */
const slot_lasts_ms = 2_000

/** Takes the slot of wallet and plan when five minutes have passed since the last question, whoever asked it. */
export async function takeInfoSlot(
  db: Queryable, clock: Clock, wallet_ref: string, plan_id: string,
): Promise<{ taken: true } | { taken: false; free_in_s: number }> {
  const began = clock.now().getTime()
  const { rowCount } = await db.query(
    `insert into info_slots (wallet_ref, plan_id, asked_at) values ($1, $2, business_now())
     on conflict (wallet_ref, plan_id) do update set asked_at = business_now()
       where info_slots.asked_at <= business_now() - make_interval(secs => $3)`, [wallet_ref, plan_id, info_pause_s])
  const in_time = clock.now().getTime() - began <= slot_lasts_ms
  if (rowCount === 1) return in_time ? { taken: true } : { taken: false, free_in_s: info_pause_s }
  const { rows } = await db.query<{ free_in_s: number }>(
    `select greatest(1, extract(epoch from asked_at + make_interval(secs => $3) - business_now()))::float8 as free_in_s
       from info_slots where wallet_ref = $1 and plan_id = $2`, [wallet_ref, plan_id, info_pause_s])
  return { taken: false, free_in_s: rows[0]?.free_in_s ?? info_pause_s }
}

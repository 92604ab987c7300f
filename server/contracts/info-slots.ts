import type { Clock } from '../kernel/clock.ts'
import { token_patience_ms } from '../unionpay/tokens.ts'
import type { Queryable } from '../storage/database.ts'

/** A slot is used so soon after it was asked for or not at all. */
const slot_lasts_s = 2

/**
 * Seconds between two questions. UnionPay's cache and its patience are both five minutes (open platform §5.4), counted here from the last
 * moment a question may reach it: it may wait for a token, be told that the token is old, wait for another and be sent again.
 */
export const infoPauseOf = (answer_timeout_ms: number): number =>
  300 + slot_lasts_s + 2 * Math.ceil((token_patience_ms + answer_timeout_ms) / 1000)

/** Takes the slot of wallet and plan when the pause has passed since the last question, whoever asked it. */
export async function takeInfoSlot(
  db: Queryable,
  clock: Clock,
  pause_s: number,
  wallet_ref: string,
  plan_id: string,
): Promise<{ taken: true } | { taken: false; free_in_s: number }> {
  const began = clock.now().getTime()
  const { rowCount } = await db.query(
    `insert into info_slots (wallet_ref, plan_id, asked_at) values ($1, $2, business_now())
     on conflict (wallet_ref, plan_id) do update set asked_at = business_now()
       where info_slots.asked_at <= business_now() - make_interval(secs => $3)`,
    [wallet_ref, plan_id, pause_s],
  )
  const in_time = clock.now().getTime() - began <= slot_lasts_s * 1000
  if (rowCount === 1) return in_time ? { taken: true } : { taken: false, free_in_s: pause_s }
  const { rows } = await db.query<{ free_in_s: number }>(
    `select greatest(1, extract(epoch from asked_at + make_interval(secs => $3) - business_now()))::float8 as free_in_s
       from info_slots where wallet_ref = $1 and plan_id = $2`,
    [wallet_ref, plan_id, pause_s],
  )
  return { taken: false, free_in_s: rows[0]?.free_in_s ?? pause_s }
}

import type { Contract } from './contract.ts'
import type { ContractsContext } from './context.ts'
import { contractInfo, type ContractInfo } from '../unionpay/operations/contract-info.ts'
import { findOpenId } from '../sign-in/store.ts'
import type { Clock } from '../kernel/clock.ts'
import { token_patience_ms } from '../unionpay/tokens.ts'
import type { Queryable } from '../storage/database.ts'
import { changeContract } from './changes.ts'

export type InfoAnswer =
  | { kind: 'answered'; info: ContractInfo }
  /** UnionPay may not be asked before `in_s` seconds from now */
  | { kind: 'too_early'; in_s: number }
  | { kind: 'no_answer' }

/**
 * The only way to send contract.info. The slot of wallet and plan is claimed and committed before
 * it is sent, by the database's clock, so that no restart and no second process asks twice within
 * five minutes. Because UnionPay's cache is no older than our own last question, an answer that
 * comes through here is never from before it.
 */
export async function askContractInfo(
  context: ContractsContext,
  contract: Contract,
): Promise<InfoAnswer> {
  if (contract.wallet_ref === null) return { kind: 'no_answer' }
  const open_id = await findOpenId(context.database.pool, context.cipher, contract.wallet_ref)
  const slot = await takeInfoSlot(
    context.database.pool,
    context.clock,
    context.info_pause_s,
    contract.wallet_ref,
    contract.plan_id,
  )
  if (!slot.taken) return { kind: 'too_early', in_s: slot.free_in_s }
  const outcome = await context.call(contractInfo, { open_id, plan_id: contract.plan_id })
  return outcome.kind === 'done' ? { kind: 'answered', info: outcome.value } : { kind: 'no_answer' }
}

/** A slot is used so soon after it was asked for or not at all. */
const slot_lasts_s = 2

/**
 * Seconds between two questions. UnionPay's cache and its patience are both five minutes (open
 * platform §5.4), counted here from the last moment a question may reach it: it may wait for a
 * token, learn that the token is old, wait for another and be sent again.
 */
export const infoPauseOf = (answer_timeout_ms: number): number =>
  300 + slot_lasts_s + 2 * Math.ceil((token_patience_ms + answer_timeout_ms) / 1000)

/**
 * Takes the slot of wallet and plan when the pause has passed since the last question, from any
 * process.
 */
async function takeInfoSlot(
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

/**
 * Minutes between questions that got no answer. After the last the contract needs manual review,
 * and is asked about once a day.
 */
const gaps_minutes = [5, 10, 30, 60, 120, 240, 480]

const day_s = 86_400

/**
 * Seconds until the next question after `checks` unanswered ones, and whether a person has to look
 * by now.
 */
export function nextCheck(
  checks: number,
  pause_s: number,
): { in_s: number; needs_person: boolean } {
  const minutes = gaps_minutes[checks]
  return minutes === undefined
    ? { in_s: day_s, needs_person: true }
    : { in_s: Math.max(minutes * 60, pause_s), needs_person: false }
}

/**
 * contract.info gave no usable answer: asks again later and, after the last gap, opens a review.
 */
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

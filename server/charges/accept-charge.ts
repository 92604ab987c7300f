import { coversPlan, type ApiKey } from '../key-guard.ts'
import { whyNotCharged, type Contract } from '../contracts/contract.ts'
import { findContract, findLive } from '../contracts/store.ts'
import type { ErrorCode } from '../api.ts'
import { Refusal } from '../errors.ts'
import { newId } from '../kernel/ids.ts'
import type { Plan } from '../plans/plan.ts'
import { findUser } from '../sign-in/store.ts'
import type { NewCharge } from './accept-store.ts'
import type { Charge, ChargeRequest } from './charge.ts'
import type { ChargesContext } from './context.ts'
import { findAccepted, isKeyBusy, type Intent } from '../transactions/idempotency.ts'
import { slotAfter } from '../kernel/query-schedule.ts'
import { findCharge, isOrderTaken, readUsedToday } from './store.ts'

/** Which contract: UnionPay's number, our id, or the user and the plan. */
export type ContractRef =
  | { contract_id: string }
  | { contract: string }
  | { user_id: string; plan_id: string }

/** `repeated`: the charge was accepted before; it is returned in its present state. */
export type Accepted = { charge: Charge; contract: Contract | null; repeated: boolean }

/**
 * Accepts a charge; with `sends_now` it is marked as sent in the same commit, and a restart never
 * sends it. The same intent returns the same charge. Refuses contract_unknown, contract_not_active,
 * contract_in_review, merchant_no_unknown, merchant_no_refused, over_single_limit,
 * over_daily_limit, debit_not_announced, merchant_order_taken, idempotency_key_reused,
 * idempotency_key_busy.
 */
export async function acceptCharge(
  context: ChargesContext,
  key: ApiKey,
  intent: Intent,
  contract_named: ContractRef,
  requested: ChargeRequest,
  sends_now: boolean,
): Promise<Accepted> {
  try {
    return await acceptNew(context, key, intent, contract_named, requested, sends_now)
  } catch (error) {
    // Looked up only now: most are new. A charge that was accepted is returned, whatever forbids
    // another one.
    const repeated = error instanceof Refusal ? await findRepeated(context, intent) : null
    if (!repeated) throw error
    return repeated
  }
}

async function acceptNew(
  context: ChargesContext,
  key: ApiKey,
  intent: Intent,
  contract_named: ContractRef,
  requested: ChargeRequest,
  sends_now: boolean,
): Promise<Accepted> {
  const contract = await findContractNamed(context, contract_named)
  const plan = contract && context.catalogue.find(contract.plan_id)
  if (!contract || !plan || !coversPlan(key, contract.plan_id))
    throw new Refusal('contract_unknown')
  const profile_digest = checkRules(context, contract, plan, requested)
  const notice = noticeFor(context, plan)
  const { ended_after_s, schedule_minutes } = context.pace
  const accepted = await context.acceptBatch({
    ...requested,
    order_id: newId(context.clock, context.random),
    contract_ref: contract.id,
    plan_id: contract.plan_id,
    profile_digest,
    daily_limit_fen: plan.daily_limit_fen,
    owner: intent.owner,
    key: intent.key,
    body_digest: intent.body_digest,
    due_in_s: ended_after_s + (slotAfter(schedule_minutes, 0) ?? 0),
    sends_now,
    notice,
  })
  if (!accepted) throw new Refusal(await whyNot(context, contract.id, plan, intent, requested))
  if (notice !== 'none' && accepted.notice_ref === null && accepted.first_debit_of === null)
    context.log.warn(
      {
        contract: contract.id,
        merchant_order_no: requested.merchant_order_no,
        alarm: 'debit_not_announced',
      },
      'a renewal is debited that nobody announced',
    )
  return { charge: accepted, contract, repeated: false }
}

async function findRepeated(context: ChargesContext, intent: Intent): Promise<Accepted | null> {
  const order_id = await findAccepted(context.database.pool, intent)
  const charge = order_id === null ? null : await findCharge(context.database.pool, order_id)
  return charge && { charge, contract: null, repeated: true }
}

async function findContractNamed(
  { database, cipher, contractByNumber }: ChargesContext,
  contract_named: ContractRef,
): Promise<Contract | null> {
  if ('contract_id' in contract_named)
    return contractByNumber(cipher.digest(contract_named.contract_id))
  if ('contract' in contract_named) return findContract(database.pool, contract_named.contract)
  const user = await findUser(database.pool, contract_named.user_id)
  return user && findLive(database.pool, user.user_ref, contract_named.plan_id)
}

/** The rules that need no lock. Returns the digest of the profile to charge with. */
function checkRules(
  { payments }: ChargesContext,
  contract: Contract,
  plan: Plan,
  requested: ChargeRequest,
): string {
  const closed = whyNotCharged(contract)
  if (closed) throw new Refusal(closed)
  if (!payments.merchants.includes(requested.merchant_no) || payments.profile_digest === null)
    throw new Refusal('merchant_no_unknown')
  if (plan.fixed_merchants && !plan.fixed_merchants.includes(requested.merchant_no))
    throw new Refusal('merchant_no_refused')
  if (requested.amount_fen > plan.single_limit_fen) throw new Refusal('over_single_limit')
  return payments.profile_digest
}

/** A renewal is announced before it is debited (网络交易监督管理办法, article 18). */
const noticeFor = (
  { debit_notice_rule }: ChargesContext,
  { notice_days }: Plan,
): NewCharge['notice'] =>
  notice_days === null ? 'none' : debit_notice_rule === 'refuse' ? 'required' : 'recorded'

/** Why the statement accepted nothing, read after it. */
async function whyNot(
  context: ChargesContext,
  contract_ref: string,
  plan: Plan,
  intent: Intent,
  requested: ChargeRequest,
): Promise<ErrorCode> {
  const { pool } = context.database
  const now = await findContract(pool, contract_ref)
  const closed = now ? whyNotCharged(now) : 'contract_not_active'
  if (closed) return closed
  if (await isOrderTaken(pool, requested.merchant_order_no)) return 'merchant_order_taken'
  const used_fen = await readUsedToday(pool, contract_ref)
  if (used_fen + requested.amount_fen > plan.daily_limit_fen) return 'over_daily_limit'
  const is_unannounced = noticeFor(context, plan) === 'required' && !(await isKeyBusy(pool, intent))
  return is_unannounced ? 'debit_not_announced' : 'idempotency_key_busy'
}

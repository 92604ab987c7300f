import type { ApiKey } from '../key-guard.ts'
import { acceptCharge, type ContractRef } from './accept-charge.ts'
import type { ChargeRow, ChargeRequest, Charge } from './charge.ts'
import type { ChargesContext } from './context.ts'
import type { Intent } from '../transactions/idempotency.ts'
import { findChargeRow } from './store.ts'
import { withinWait, sendOnce, isTooLate } from '../transactions/send-once.ts'
import type { Contract } from '../contracts/contract.ts'
import { findOpenId } from '../sign-in/store.ts'
import { outcomeOfAnswer, type Outcome } from '../transactions/outcome.ts'
import { writeEnded } from '../transactions/store.ts'
import { jitter } from '../transactions/query-slots.ts'
import { settle } from './settlement.ts'

/**
 * Charges by contract number: accept and commit, then send. Comes back with the outcome of the
 * synchronous answer, or after `wait_ms` with the pending charge, which settles by itself.
 * Refusals: see acceptCharge.
 */
export async function createCharge(
  context: ChargesContext,
  key: ApiKey,
  intent: Intent,
  contract_named: ContractRef,
  requested: ChargeRequest,
): Promise<{ charge: ChargeRow; repeated: boolean }> {
  const { gate } = context
  const has_place = gate.enterNow()
  // tracked from here on: a process that closes waits for what it accepts
  const accepting = gate.track(
    acceptCharge(context, key, intent, contract_named, requested, has_place),
  )
  const accepted = await accepting.catch((error: unknown) => {
    if (has_place) gate.release()
    throw error
  })
  const { charge, contract, repeated } = accepted
  const now = async (): Promise<ChargeRow> =>
    (await findChargeRow(context.database.pool, charge.order_id)) as ChargeRow
  if (repeated || contract === null) {
    if (has_place) gate.release()
    return { charge: await now(), repeated: true }
  }
  context.watch.accepted('charges')
  const sending = gate.track(sendCharge(context, charge, contract, has_place))
  const sent = await withinWait(context, charge.order_id, sending)
  return { charge: sent ?? (await now()), repeated: false }
}

/**
 * Sends an accepted charge once, outside any database transaction, in the process that accepted it.
 * Whatever comes back is settled; if the process dies meanwhile, the charge is queried when it was
 * marked as sent, and fails as `not_sent` when it was not.
 */
async function sendCharge(
  context: ChargesContext,
  charge: Charge,
  contract: Contract,
  has_place: boolean,
): Promise<ChargeRow> {
  const { order_id } = charge
  const notSent = (source: 'answer' | 'job'): Promise<ChargeRow> =>
    settled(context, order_id, { state: 'failed', source, reason: 'not_sent' })
  let is_handed_over = false
  const send = async (): Promise<ChargeRow> => {
    const { contract_id_sealed, wallet_ref } = contract
    if (contract_id_sealed === null || wallet_ref === null)
      throw new Error(`contract ${contract.id} is active without a number`)
    const answer = await context.payments.charge(
      charge,
      {
        contract_id: context.cipher.open(contract_id_sealed),
        plan_id: contract.plan_id,
        open_id: () => findOpenId(context.database.pool, context.cipher, wallet_ref),
      },
      charge.description,
      () => {
        const is_late = isTooLate(context.clock, order_id)
        is_handed_over = !is_late
        return is_late
      },
    )
    if (answer.kind === 'missed') return notSent('answer')
    if (answer.kind === 'refused')
      context.log.error(
        { order_id, key: answer.key, why: answer.why },
        'a charge could not be written; nothing was sent',
      )
    return recordAnswer(context, order_id, outcomeOfAnswer(answer))
  }
  /**
   * An error before the request was handed over is no unknown outcome: this process knows that
   * nothing was sent.
   */
  const sendOrFail = (): Promise<ChargeRow> =>
    send().catch((error: unknown) => {
      if (is_handed_over) throw error
      context.log.error(
        { err: error, order_id },
        'a charge could not be prepared; nothing was sent',
      )
      return notSent('answer')
    })
  return sendOnce(context, 'charges', charge, has_place, sendOrFail, () => notSent('job'))
}

/**
 * Most answers settle nothing: those are recorded in one step. The others settle like any outcome.
 */
async function recordAnswer(
  context: ChargesContext,
  order_id: string,
  outcome: Outcome,
): Promise<ChargeRow> {
  const jitter_s = jitter(context.random)
  if (outcome.state === 'unknown' && !outcome.review && !outcome.contract_problem) {
    const { query_id, unionpay_code, unionpay_text } = outcome
    return context.answerBatch({
      order_id,
      jitter_s,
      query_id: query_id ?? null,
      unionpay_code: unionpay_code ?? null,
      unionpay_text: unionpay_text ?? null,
    })
  }
  await writeEnded(context.database.pool, 'charges', order_id, context.pace, jitter_s)
  return settled(context, order_id, outcome)
}

async function settled(
  context: ChargesContext,
  order_id: string,
  outcome: Outcome,
): Promise<ChargeRow> {
  await settle(context, 'charges', order_id, outcome)
  return (await findChargeRow(context.database.pool, order_id)) as ChargeRow
}

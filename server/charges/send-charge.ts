import { whyNotCharged, type Contract } from '../contracts/contract.ts'
import { findContract } from '../contracts/store.ts'
import { findOpenId } from '../sign-in/store.ts'
import type { Charge, ChargeRow } from './charge.ts'
import type { ChargesContext } from './context.ts'
import { findInAnswer } from './findings.ts'
import type { Finding } from './order.ts'
import { writeEnded } from './order-store.ts'
import { jitter } from './jitter.ts'
import { hasWaited, isTooLate } from './send-gate.ts'
import { settleCharge } from './settle-charge.ts'
import { findChargeRow } from './store.ts'

/**
 * Sends an accepted charge, once, outside any transaction, by the process that accepted it. Whatever comes back is settled; a
 * process that dies meanwhile leaves a row that is queried, never sent again. One that did not leave at once leaves only if its contract
 * may still be charged (docs/decisions/0008).
 */
export async function sendCharge(
  context: ChargesContext,
  charge: Charge,
  contract: Contract,
): Promise<ChargeRow> {
  const missed = (): Promise<ChargeRow> =>
    settle(context, charge.order_id, { outcome: 'failed', source: 'job', reason: 'not_sent' })
  return context.gate.pass(async () => {
    const now = hasWaited(context.clock, charge.order_id)
      ? await findContract(context.database.pool, contract.id)
      : contract
    if (!now || whyNotCharged(now)) return missed()
    const { contract_id_sealed, wallet_ref } = now
    if (contract_id_sealed === null || wallet_ref === null)
      throw new Error(`contract ${contract.id} is active without a number`)
    let closed = false
    const open_id = async (): Promise<string> => {
      const found = await findOpenId(context.database.pool, context.cipher, wallet_ref)
      closed =
        hasWaited(context.clock, charge.order_id) && !(await mayBeCharged(context, contract.id)) // for a connection, perhaps
      return found
    }
    const answer = await context.payments.charge(
      charge,
      { contract_id: context.cipher.open(contract_id_sealed), plan_id: contract.plan_id, open_id },
      charge.description,
      () => closed || isTooLate(context.clock, charge.order_id),
    )
    if (answer.kind === 'missed') return missed()
    if (answer.kind === 'refused')
      context.log.error(
        { order_id: charge.order_id, key: answer.key, why: answer.why },
        'a charge could not be written; nothing was sent',
      )
    return noteAnswer(context, charge.order_id, findInAnswer(answer))
  }, missed)
}

async function mayBeCharged(context: ChargesContext, contract_ref: string): Promise<boolean> {
  const now = await findContract(context.database.pool, contract_ref)
  return now !== null && whyNotCharged(now) === null
}

/** Most answers settle nothing: those are noted in one step. The others settle like any finding. */
async function noteAnswer(
  context: ChargesContext,
  order_id: string,
  finding: Finding,
): Promise<ChargeRow> {
  const jitter_s = jitter(context.random)
  if (finding.outcome === 'unknown' && !finding.review && !finding.contract_problem) {
    const { query_id, unionpay_code, unionpay_text } = finding
    return context.answering({
      order_id,
      jitter_s,
      query_id: query_id ?? null,
      unionpay_code: unionpay_code ?? null,
      unionpay_text: unionpay_text ?? null,
    })
  }
  await writeEnded(context.database.pool, 'charges', order_id, context.pace, jitter_s)
  return settle(context, order_id, finding)
}

async function settle(
  context: ChargesContext,
  order_id: string,
  finding: Finding,
): Promise<ChargeRow> {
  await settleCharge(context, order_id, finding)
  return (await findChargeRow(context.database.pool, order_id)) as ChargeRow
}

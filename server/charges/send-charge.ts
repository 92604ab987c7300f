import type { Contract } from '../contracts/contract.ts'
import { findOpenId } from '../sign-in/store.ts'
import type { Charge } from './charge.ts'
import type { ChargesContext } from './context.ts'
import { findInAnswer } from './findings.ts'
import { writeEnded } from './order-store.ts'
import { jitter } from './jitter.ts'
import { settleCharge } from './settle-charge.ts'

/**
 * Sends an accepted charge, once, outside any transaction, by the process that accepted it. Whatever comes back is settled; a
 * process that dies meanwhile leaves a row that is queried, never sent again.
 */
export async function sendCharge(context: ChargesContext, charge: Charge, contract: Contract): Promise<Charge> {
  return context.gate.pass(async () => {
    const { contract_id_sealed, wallet_ref } = contract
    if (contract_id_sealed === null || wallet_ref === null) throw new Error(`contract ${contract.id} is active without a number`)
    const answer = await context.payments.charge(charge, {
      contract_id: context.cipher.open(contract_id_sealed), plan_id: contract.plan_id,
      open_id: () => findOpenId(context.database.pool, context.cipher, wallet_ref),
    }, charge.description)
    if (answer.kind === 'refused') context.log.error({ order_id: charge.order_id, key: answer.key, why: answer.why }, 'a charge could not be written; nothing was sent')
    await writeEnded(context.database.pool, 'charges', charge.order_id, context.pace, jitter(context.random))
    return settleCharge(context, charge.order_id, findInAnswer(answer))
  }, () => settleCharge(context, charge.order_id, { outcome: 'failed', source: 'job', reason: 'not_sent' }))
}

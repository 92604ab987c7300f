import type { ApiKey } from '../key-guard.ts'
import { acceptCharge, type ContractRef } from './accept-charge.ts'
import type { ChargeRow, ChargeRequest } from './charge.ts'
import type { ChargesContext } from './context.ts'
import type { Intent } from './idempotency.ts'
import { sendCharge } from './send-charge.ts'
import { findChargeRow } from './store.ts'
import { withinWait } from './within-wait.ts'

/**
 * Charges by contract number: accept and commit, then send. Comes back with the outcome of the synchronous answer, or after
 * `wait_ms` with the pending charge, which settles by itself. Refusals: see acceptCharge.
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
  // kept from the beginning: what is accepted is on its way
  const accepting = gate.track(
    acceptCharge(context, key, intent, contract_named, requested, has_place),
  )
  const accepted = await accepting.catch((error: unknown) => {
    if (has_place) gate.leave()
    throw error
  })
  const { charge, contract, repeated } = accepted
  const now = async (): Promise<ChargeRow> =>
    (await findChargeRow(context.database.pool, charge.order_id)) as ChargeRow
  if (repeated || contract === null) {
    if (has_place) gate.leave()
    return { charge: await now(), repeated: true }
  }
  context.watch.accepted('charges')
  const sending = gate.track(sendCharge(context, charge, contract, has_place))
  const sent = await withinWait(context, charge.order_id, sending)
  return { charge: sent ?? (await now()), repeated: false }
}

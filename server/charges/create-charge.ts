import type { ApiKey } from '../key-guard.ts'
import { acceptCharge, type Party } from './accept-charge.ts'
import type { Charge, Wish } from './charge.ts'
import type { ChargesContext } from './context.ts'
import type { Intent } from './idempotency.ts'
import { sendCharge } from './send-charge.ts'
import { withinWait } from './within-wait.ts'

/**
 * Charges by contract number: accept and commit, then send. Comes back with the outcome of the synchronous answer, or after
 * `wait_ms` with the pending charge, which settles by itself. Refusals: see acceptCharge.
 */
export async function createCharge(
  context: ChargesContext, key: ApiKey, intent: Intent, party: Party, wish: Wish,
): Promise<{ charge: Charge; repeated: boolean }> {
  const { charge, contract, repeated } = await acceptCharge(context, key, intent, party, wish)
  if (repeated || contract === null) return { charge, repeated: true }
  return { charge: await withinWait(context, charge, sendCharge(context, charge, contract)), repeated: false }
}

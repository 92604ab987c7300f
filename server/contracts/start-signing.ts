import { Refusal } from '../errors.ts'
import { newAlphanumeric, newId } from '../kernel/ids.ts'
import { signingPage } from '../unionpay/pages.ts'
import { isApplyUnderWay, type Contract } from './contract.ts'
import type { ContractsContext } from './context.ts'
import type { SignedThrough } from './states.ts'
import { findLive, insertSigning } from './store.ts'

/** Long enough to find a bank card in a drawer; after it the attempt is `abandoned`. */
const signing_life_minutes = 30

export type Signer = { user_ref: string; wallet_ref: string | null; signed_through: SignedThrough }

/**
 * Starts a signing: a row in `applying` with our contract_code and a single-use state bound to the user. Returns the row, the
 * state in clear (kept only as a digest) and the address of UnionPay's signing page.
 * Refuses plan_unknown, plan_withdrawn, already_signed, signing_in_progress.
 */
export async function startSigning(
  context: ContractsContext,
  signer: Signer,
  plan_id: string,
): Promise<{ contract: Contract; state: string; signing_page_url: string }> {
  const plan = context.catalogue.find(plan_id)
  if (!plan) throw new Refusal('plan_unknown')
  if (!plan.accepts_new) throw new Refusal('plan_withdrawn')
  const live = await findLive(context.database.pool, signer.user_ref, plan_id)
  if (live) throw new Refusal(isApplyUnderWay(live) ? 'signing_in_progress' : 'already_signed')
  const state = newAlphanumeric(32, context.random)
  const contract = await insertSigning(context.database.pool, {
    ...signer,
    id: newId(context.clock, context.random),
    contract_code: newId(context.clock, context.random),
    plan_id,
    state_digest: context.cipher.digest(state),
    life_minutes: signing_life_minutes,
  })
  const signing_page_url = signingPage(
    context.pages,
    `${context.public_url}/return/signing`,
    plan_id,
    state,
  )
  return { contract, state, signing_page_url }
}

import { Refusal } from '../errors.ts'
import { newAlphanumeric, newId } from '../kernel/ids.ts'
import { signingPage } from '../unionpay/pages.ts'
import { isApplyUnderWay, type Contract } from './contract.ts'
import type { ContractsContext } from './context.ts'
import type { SignedThrough } from './states.ts'
import { findLive, insertSigning, findByState, findOnlyOpened } from './store.ts'
import { readReturnQuery, type Returned } from '../unionpay/return-query.ts'
import { isTechnicalFault } from '../unionpay/resp-codes.ts'
import { changeContract } from './changes.ts'
import { completeSigning } from './complete-signing.ts'
import { findWallet } from '../sign-in/store.ts'

/** Long enough to find a bank card in a drawer; after it the attempt is `abandoned`. */
const signing_life_minutes = 30

export type Signer = { user_ref: string; wallet_ref: string | null; signed_through: SignedThrough }

/**
 * Starts a signing: a row in `applying` with our contract_code and a single-use state bound to the
 * user. Returns the row, the state in clear (kept only as a digest) and the address of UnionPay's
 * signing page. Refuses plan_unknown, plan_withdrawn, already_signed, signing_in_progress.
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

/**
 * Who is looking, when the browser has a session; the second window of createWebView may have none.
 */
export type Visitor = { wallet_ref: string; proved: boolean } | null

/** Where the signing stands, and the open_id of the wallet that answered, if a code said so. */
export type ReturnedSigning = { contract: Contract; open_id: string | null }

/**
 * The person came back from UnionPay's page with this raw query. The state works once; a repeat by
 * the same person changes nothing and shows the result. Without a session the code itself proves
 * whose wallet it is: apply is called only for the open_id that started. Refuses state_unknown,
 * state_used, state_foreign.
 */
export async function returnSigning(
  context: ContractsContext,
  query: string,
  visitor: Visitor,
): Promise<ReturnedSigning> {
  const returned = readReturnQuery(query)
  const found = await findAttempt(context, returned, visitor)
  if (!found) throw new Refusal('state_unknown')
  if (visitor && visitor.wallet_ref !== found.wallet_ref) throw new Refusal('state_foreign')
  let first = false
  const contract = await changeContract(context.database, found.id, (now) => {
    if (now.state !== 'applying' || now.step !== 'opened') return null
    first = true
    // A process that dies before apply is sent leaves a row that the job closes: nothing was
    // signed.
    return { fields: { step: 'returned' }, check_in_s: 120 }
  })
  if (!first) {
    if (!visitor?.proved) throw new Refusal('state_used')
    return { contract, open_id: null }
  }
  if (!returned.code)
    return { contract: await endWithoutCode(context, contract, returned), open_id: null }
  let open_id: string | null = null
  const ended = await completeSigning(context, contract, returned.code, (started, whose) => {
    open_id = whose
    return onlyTheStarter(context, started, whose)
  })
  return { contract: ended, open_id }
}

async function findAttempt(
  context: ContractsContext,
  returned: Returned,
  visitor: Visitor,
): Promise<Contract | null> {
  if (returned.state)
    return findByState(context.database.pool, context.cipher.digest(returned.state))
  // Whether the page always returns `state` is not known (open platform §12 no. 3): then a code can
  // only mean the
  // visitor's own attempt, and only if it is the only one: which plan they agreed to must never be
  // guessed.
  return visitor && returned.code ? findOnlyOpened(context.database.pool, visitor.wallet_ref) : null
}

async function onlyTheStarter(
  context: ContractsContext,
  contract: Contract,
  open_id: string,
): Promise<string | null> {
  const wallet = await findWallet(context.database.pool, context.cipher.digest(open_id))
  return wallet && wallet.wallet_ref === contract.wallet_ref ? wallet.wallet_ref : null
}

/**
 * No list of errorcodes tells a person's refusal from a fault: known technical codes are faults,
 * the rest is a "no".
 */
async function endWithoutCode(
  context: ContractsContext,
  contract: Contract,
  returned: Returned,
): Promise<Contract> {
  const code = returned.error?.code ?? null
  context.log.info(
    { signing_id: contract.id, unionpay_code: code },
    'a signing came back without a code',
  )
  const isFault = code !== null && isTechnicalFault(code)
  return changeContract(context.database, contract.id, (now) =>
    now.state !== 'applying'
      ? null
      : {
          to: isFault ? 'rejected' : 'abandoned',
          source: 'return',
          check_in_s: null,
          fields: {
            reason: returned.error ? 'wallet_error' : 'returned_empty',
            unionpay_code: code,
          },
        },
  )
}

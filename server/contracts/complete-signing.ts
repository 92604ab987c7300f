import type { Contract } from './contract.ts'
import type { ContractsContext } from './context.ts'
import { applyContract } from './apply-contract.ts'
import { changeContract } from './changes.ts'
import { isForContract } from '../unionpay/pages.ts'
import { exchangeCode } from '../unionpay/operations/exchange-code.ts'
import { Refusal } from '../errors.ts'
import { newId } from '../kernel/ids.ts'
import { isUniqueViolation, repeatableTransaction } from '../storage/database.ts'
import {
  findWallet,
  insertBinding,
  insertWallet,
  lockUsers,
  lockWallet,
  mergeUser,
} from '../sign-in/store.ts'

/**
 * Which wallet may stand behind the code: decides the wallet of the attempt, or null for "not this
 * one".
 */
export type AcceptWallet = (contract: Contract, open_id: string) => Promise<string | null>

const otherScope = {
  kind: 'refused',
  code: 'N62197',
  text: 'the code was given for another scope',
} as const

/**
 * Completes a signing with the code of the contract page: exchange, check whose wallet it is, then
 * apply. The attempt is already marked `returned`, so a repeat does nothing. A stranger's wallet
 * ends the attempt before apply: otherwise their consumption could be hung on it.
 */
export async function completeSigning(
  context: ContractsContext,
  contract: Contract,
  code: string,
  acceptWallet: AcceptWallet,
): Promise<Contract> {
  const answer = await context.call(exchangeCode, { code })
  const exchanged =
    answer.kind === 'done' && !isForContract(answer.value.scope) ? otherScope : answer
  if (exchanged.kind !== 'done') {
    // Nothing is signed before apply: whatever became of the code, the person can simply start
    // again.
    const refused = exchanged.kind === 'refused'
    context.log.warn(
      { signing_id: contract.id, unionpay_code: exchanged.code, outcome: exchanged.kind },
      'the code of a signing could not be exchanged',
    )
    return changeContract(context.database, contract.id, (now) =>
      now.state !== 'applying'
        ? null
        : {
            to: refused ? 'rejected' : 'abandoned',
            source: 'return',
            check_in_s: null,
            fields: {
              reason: refused ? 'code_refused' : 'unionpay_silent',
              unionpay_code: exchanged.code,
            },
          },
    )
  }
  const { open_id, access_token } = exchanged.value
  const wallet_ref = await acceptWallet(contract, open_id)
  if (wallet_ref === null) {
    context.log.warn(
      { signing_id: contract.id },
      'the wallet that agreed is not the one that started; apply was not called',
    )
    return changeContract(context.database, contract.id, (now) =>
      now.state !== 'applying'
        ? null
        : {
            to: 'rejected',
            source: 'return',
            fields: { reason: 'wallet_foreign' },
            check_in_s: null,
          },
    )
  }
  return applyContract(context, contract, { open_id, access_token, wallet_ref })
}

/**
 * The merchant's back end hands over the code its app received from the SDK. Works once; a repeat
 * shows the result. The open_id that comes back is bound to the user_id that started. Refuses
 * contract_not_active for an attempt that has ended.
 */
export async function completeSdkSigning(
  context: ContractsContext,
  id: string,
  code: string,
): Promise<Contract> {
  let first = false
  const contract = await changeContract(context.database, id, (now) => {
    if (now.signed_through !== 'sdk') throw new Refusal('not_found')
    if (now.state !== 'applying' || now.step !== 'opened') return null
    first = true
    return { fields: { step: 'returned' }, check_in_s: 120 }
  })
  return first ? completeSigning(context, contract, code, bindWallet(context)) : contract
}

/**
 * A wallet that already pays for another user is not taken from them; one with a user_id we made
 * is.
 */
const bindWallet =
  (context: ContractsContext) =>
  async (contract: Contract, open_id: string): Promise<string | null> => {
    const open_id_digest = context.cipher.digest(open_id)
    const wallet_ref = newId(context.clock, context.random)
    const inserted = await repeatableTransaction(context.database, async (db) => {
      const fresh = await insertWallet(db, {
        wallet_ref,
        open_id_digest,
        open_id_sealed: context.cipher.seal(open_id),
        user_ref: contract.user_ref,
      })
      if (fresh) await insertBinding(db, contract.user_ref, null)
      return fresh
    })
    if (inserted) return inserted
    try {
      return await repeatableTransaction(context.database, async (db) => {
        const found = await findWallet(db, open_id_digest)
        if (found) await lockUsers(db, [found.user_ref, contract.user_ref])
        const wallet = await lockWallet(db, open_id_digest) // while we look, the person may give it a name
        if (!wallet || wallet.user_ref === contract.user_ref) return wallet?.wallet_ref ?? null
        if (wallet.origin !== 'made') return null
        await mergeUser(db, wallet.user_ref, contract.user_ref)
        return wallet.wallet_ref
      })
    } catch (error) {
      if (isUniqueViolation(error)) return null // both pay for the same plan already
      throw error
    }
  }

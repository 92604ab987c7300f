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
import type { Contract } from './contract.ts'
import type { ContractsContext } from './context.ts'
import { changeContract } from './changes.ts'
import { completeSigning } from './complete-signing.ts'

/**
 * The merchant's back end hands over the code its app received from the SDK. Works once; a repeat shows the result. The
 * open_id that comes back is bound to the user_id that started. Refuses contract_not_active for an attempt that has ended.
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

/** A wallet that already pays for another user is not taken from them; one with a user_id we made is. */
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

import { Refusal } from '../errors.ts'
import { isUniqueViolation, transaction } from '../storage/database.ts'
import { weighTicket, type Session } from './account.ts'
import type { SignInContext } from './context.ts'
import { setPending } from './session-store.ts'
import { findUser, lockUser, mergeUser, renameUser } from './store.ts'

/**
 * The person says whether this wallet pays for the account the ticket named. Yes: the user_id we made gives way to the
 * real one, with everything that hangs on it. Refuses account_conflict when both already pay for the same plan.
 */
export async function answerTicket(context: SignInContext, session: Session, accept: boolean): Promise<void> {
  try {
    await transaction(context.database, async (db) => {
      await setPending(db, session.token_digest, null, false)
      if (!accept || !session.pending) return
      const user = await lockUser(db, session.account.user_ref)
      if (weighTicket(user, session.pending.user_id) === 'conflict') throw new Refusal('account_conflict')
      const real = await findUser(db, session.pending.user_id)
      if (!real) await renameUser(db, { ...user, ...session.pending, origin: 'ticket' })
      else if (real.user_ref !== user.user_ref) await mergeUser(db, user.user_ref, real.user_ref)
    })
  } catch (error) {
    throw isUniqueViolation(error) ? new Refusal('account_conflict') : error
  }
}

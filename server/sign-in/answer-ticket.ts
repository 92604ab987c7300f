import { Refusal } from '../errors.ts'
import { isUniqueViolation, transaction } from '../storage/database.ts'
import { questionOf, weighTicket, type Session } from './account.ts'
import type { SignInContext } from './context.ts'
import { lockPending, setPending } from './session-store.ts'
import { findUser, lockUser, mergeUser, renameUser } from './store.ts'

/**
 * The person says whether this wallet pays for the account that was on the screen. Yes: the user_id we made gives way to the
 * real one, with everything that hangs on it. Without a pending account the answer takes note of a conflict. Refuses
 * account_unconfirmed when another account is asked about meanwhile, account_conflict when both pay for the same plan.
 */
export async function answerTicket(
  context: SignInContext,
  session: Session,
  answer: { accept: boolean; question_id: string },
): Promise<void> {
  try {
    await transaction(context.database, async (db) => {
      const pending = await lockPending(db, session.token_digest)
      if (pending && questionOf(pending) !== answer.question_id)
        throw new Refusal('account_unconfirmed')
      await setPending(db, session.token_digest, null, false)
      if (!answer.accept || !pending) return
      const user = await lockUser(db, session.account.user_ref)
      if (weighTicket(user, pending.user_id) === 'conflict') throw new Refusal('account_conflict')
      const real = await findUser(db, pending.user_id)
      if (!real) await renameUser(db, { ...user, ...pending, origin: 'ticket' })
      else if (real.user_ref !== user.user_ref) await mergeUser(db, user.user_ref, real.user_ref)
    })
  } catch (error) {
    throw isUniqueViolation(error) ? new Refusal('account_conflict') : error
  }
}

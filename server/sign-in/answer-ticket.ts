import { Refusal } from '../errors.ts'
import { isUniqueViolation, repeatableTransaction, type Queryable } from '../storage/database.ts'
import { questionOf, compareAccount, type Account, type Session } from './account.ts'
import type { SignInContext } from './context.ts'
import { lockPending, setPending } from './session-store.ts'
import { findUser, lockUsers, mergeUser, renameUser } from './store.ts'

/**
 * The person says whether this wallet pays for the account that was on the screen. Yes: the user_id
 * we made gives way to the real one, with everything that hangs on it. Without a pending account
 * the answer takes note of a conflict. Refuses account_unconfirmed when another account is asked
 * about meanwhile, account_conflict when both pay for the same plan.
 */
export async function answerTicket(
  context: SignInContext,
  session: Session,
  answer: { accept: boolean; question_id: string },
): Promise<void> {
  try {
    await repeatableTransaction(context.database, async (db) => {
      const users = await lockUsersOf(db, session)
      const pending = await lockPending(db, session.token_digest)
      if (
        pending &&
        (questionOf(pending) !== answer.question_id || pending.user_id !== session.pending?.user_id)
      )
        throw new Refusal('account_unconfirmed')
      await setPending(db, session.token_digest, null, false)
      if (!answer.accept || !pending) return
      const user = users.find(({ user_ref }) => user_ref === session.account.user_ref)
      if (!user) throw new Error(`user ${session.account.user_ref} is gone`)
      if (compareAccount(user, pending.user_id) === 'conflict')
        throw new Refusal('account_conflict')
      const real = await findUser(db, pending.user_id)
      if (!real) await renameUser(db, { ...user, ...pending, origin: 'ticket' })
      else if (real.user_ref !== user.user_ref) await mergeUser(db, user.user_ref, real.user_ref)
    })
  } catch (error) {
    throw isUniqueViolation(error) ? new Refusal('account_conflict') : error
  }
}

/** Both users that a yes may change, locked before the session. */
async function lockUsersOf(db: Queryable, { account, pending }: Session): Promise<Account[]> {
  const real = pending && (await findUser(db, pending.user_id))
  return lockUsers(db, real ? [account.user_ref, real.user_ref] : [account.user_ref])
}

import { repeatableTransaction } from '../storage/database.ts'
import { compareAccount, type Account } from './account.ts'
import type { SignInContext } from './context.ts'
import { setPending } from './session-store.ts'
import { setDisplayName } from './store.ts'

/** A ticket meets a session: known account, a question to the person, or another account than the one this wallet pays for. */
export async function attachTicket(
  context: SignInContext,
  token_digest: string,
  account: Account,
  ticket: { user_id: string; display_name: string | null },
): Promise<void> {
  const weight = compareAccount(account, ticket.user_id)
  await repeatableTransaction(context.database, async (db) => {
    if (weight === 'same') await setDisplayName(db, account.user_ref, ticket.display_name)
    await setPending(db, token_digest, weight === 'ask' ? ticket : null, weight === 'conflict')
  })
}

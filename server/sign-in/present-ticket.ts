import { Refusal } from '../errors.ts'
import { newSecret } from '../kernel/ids.ts'
import { compareAccount, type Session, type Account } from './account.ts'
import type { SignInContext } from './context.ts'
import { secretDigest } from './digest.ts'
import { keepTicketForVisit, useTicket, setPending } from './session-store.ts'
import { readTicket } from './ticket.ts'
import { repeatableTransaction } from '../storage/database.ts'
import { setDisplayName } from './store.ts'

/**
 * A browser hands over the merchant's ticket, before or after sign-in. It works once. Returns the
 * pre-login cookie to set, or null when there was a session. Refuses ticket_invalid,
 * ticket_expired, ticket_replayed.
 */
export async function presentTicket(
  context: SignInContext,
  token: string,
  session: Session | null,
  visit_cookie: string | undefined,
): Promise<{ visit_cookie: string | null }> {
  const ticket = await readTicket(token, context.ticket_secret, context.real_clock)
  if (!(await useTicket(context.database.pool, ticket.jti, ticket.expires_at)))
    throw new Refusal('ticket_replayed')
  if (session) {
    await attachTicket(context, session.token_digest, session.account, ticket)
    return { visit_cookie: null }
  }
  const cookie = visit_cookie ?? newSecret(context.random)
  await keepTicketForVisit(context.database.pool, secretDigest(cookie), ticket)
  return { visit_cookie: cookie }
}

/**
 * A ticket meets a session: known account, a question to the person, or another account than the
 * one this wallet pays for.
 */
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

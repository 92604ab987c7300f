import { Refusal } from '../errors.ts'
import { newSecret } from '../kernel/ids.ts'
import type { Session } from './account.ts'
import { attachTicket } from './attach-ticket.ts'
import type { SignInContext } from './context.ts'
import { secretDigest } from './digest.ts'
import { keepTicketForVisit, useTicket } from './session-store.ts'
import { readTicket } from './ticket.ts'

/**
 * A browser hands over the merchant's ticket, before or after sign-in. It works once. Returns the pre-login cookie to set,
 * or null when there was a session. Refuses ticket_invalid, ticket_expired, ticket_replayed.
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

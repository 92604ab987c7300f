import { Refusal } from '../errors.ts'
import { newSecret } from '../kernel/ids.ts'
import { exchangeCode } from '../unionpay/operations/exchange-code.ts'
import { readReturnQuery } from '../unionpay/return-query.ts'
import type { Session } from './account.ts'
import { attachTicket } from './attach-ticket.ts'
import type { SignInContext } from './context.ts'
import { secretDigest } from './digest.ts'
import { knowWallet } from './know-wallet.ts'
import { deleteSession, endVisit, findSession, insertSession, useState } from './session-store.ts'

/**
 * Completes the silent sign-in with the raw query of the return address. A new session id every time; the state is used up, the
 * ticket is not: when UnionPay does not answer, the next try still has it.
 * Refuses state_unknown, wallet_refused, sign_in_failed, unionpay_unavailable.
 */
export async function completeSignIn(
  context: SignInContext,
  visit_cookie: string | undefined,
  query: string,
  old_session_cookie?: string,
): Promise<{ session: Session; session_cookie: string; return_to: string }> {
  const returned = readReturnQuery(query)
  const visit =
    visit_cookie && returned.state
      ? await useState(
          context.database.pool,
          secretDigest(visit_cookie),
          secretDigest(returned.state),
        )
      : null
  if (!visit) throw new Refusal('state_unknown')
  if (!returned.code) {
    context.log.warn(
      { unionpay_code: returned.error?.code ?? null },
      'the wallet refused to say who is signed in',
    )
    throw new Refusal('wallet_refused')
  }
  const exchanged = await context.call(exchangeCode, { code: returned.code })
  if (exchanged.kind !== 'done') {
    context.log.warn(
      { unionpay_code: exchanged.code, outcome: exchanged.kind },
      'the code of a sign-in could not be exchanged',
    )
    throw new Refusal(exchanged.kind === 'refused' ? 'sign_in_failed' : 'unionpay_unavailable')
  }
  const wallet = await knowWallet(context, exchanged.value.open_id)
  const session_cookie = newSecret(context.random)
  const token_digest = secretDigest(session_cookie)
  await insertSession(context.database.pool, token_digest, wallet.wallet_ref)
  if (visit.ticket_user_id)
    await attachTicket(context, token_digest, wallet, {
      user_id: visit.ticket_user_id,
      display_name: visit.ticket_name,
    })
  if (visit_cookie) await endVisit(context.database.pool, secretDigest(visit_cookie))
  if (old_session_cookie)
    await deleteSession(context.database.pool, secretDigest(old_session_cookie))
  const session = await findSession(context.database.pool, token_digest)
  if (!session) throw new Refusal('sign_in_failed') // the wallet was erased in this very moment: it comes again as somebody new
  return { session, session_cookie, return_to: visit.return_to ?? '/' }
}

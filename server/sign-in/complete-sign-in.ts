import { Refusal } from '../errors.ts'
import { readReturnQuery } from '../unionpay/return-query.ts'
import type { SignInContext } from './context.ts'
import { secretDigest } from './digest.ts'
import { askWhoIsOpen, proveSession, type Proved } from './prove-session.ts'
import { endVisit, useState } from './session-store.ts'

/**
 * Completes the silent sign-in with the raw query of the return address. A new session id every
 * time; the state is used up, the ticket is not: when UnionPay does not answer, the next try still
 * has it. Refuses state_unknown, wallet_refused, sign_in_failed, unionpay_unavailable.
 */
export async function completeSignIn(
  context: SignInContext,
  visit_cookie: string | undefined,
  query: string,
  old_session_cookie?: string,
): Promise<Proved & { return_to: string; agreed_plan_id: string | null }> {
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
  const open_id = await askWhoIsOpen(context, returned.code)
  const proved = await proveSession(
    context,
    open_id,
    { session_cookie: old_session_cookie, new_id: true },
    visit,
  )
  if (visit_cookie) await endVisit(context.database.pool, secretDigest(visit_cookie))
  return {
    ...proved,
    return_to: visit.return_to ?? '/',
    agreed_plan_id: visit.agreed_plan_id,
  }
}

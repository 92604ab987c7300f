import { newAlphanumeric, newSecret } from '../kernel/ids.ts'
import { signInPage } from '../unionpay/pages.ts'
import type { SignInContext } from './context.ts'
import { secretDigest } from './digest.ts'
import { startVisit } from './session-store.ts'

/**
 * Begins the silent sign-in: a state of its own, bound to this browser's pre-login cookie. Returns
 * the address of UnionPay's authorisation page and the cookie's value (the old one when there is
 * one). What the person agreed to before waits here.
 */
export async function startSignIn(
  context: SignInContext,
  visit_cookie: string | undefined,
  to: { return_to: string; agreed_plan_id: string | null },
): Promise<{ authorize_url: string; visit_cookie: string }> {
  const cookie = visit_cookie ?? newSecret(context.random)
  const state = newAlphanumeric(32, context.random)
  await startVisit(context.database.pool, secretDigest(cookie), secretDigest(state), to)
  return {
    authorize_url: signInPage(context.pages, `${context.public_url}/return/sign-in`, state),
    visit_cookie: cookie,
  }
}

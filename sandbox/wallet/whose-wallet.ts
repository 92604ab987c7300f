import type { Parts } from '../parts.ts'
import type { User } from './users.ts'

export const walletCookie = 'sandbox_wallet'

/**
 * Whose wallet this browser holds; a new browser, or one from before a reset, holds the first
 * user's.
 */
export function whoseWallet(
  parts: Parts,
  request: { cookies: Record<string, string | undefined> },
): User {
  const user_id = request.cookies[walletCookie]
  return (user_id && parts.users.byId(user_id)) || parts.users.first()
}

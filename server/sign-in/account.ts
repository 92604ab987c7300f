import { createHash } from 'node:crypto'
import type { AccountView, SessionView } from '../api.ts'
import { mask } from '../kernel/mask.ts'

/** The merchant's user a wallet pays for. */
export type Account = {
  user_ref: string
  user_id: string
  origin: 'made' | 'ticket' | 'sdk'
  display_name: string | null
}

export type Session = {
  token_digest: string
  wallet_ref: string
  account: Account
  pending: { user_id: string; display_name: string | null } | null
  account_conflict: boolean
}

export const viewAccount = (
  account: Pick<Account, 'user_id' | 'origin' | 'display_name'>,
): AccountView => ({
  user_id_masked: mask(account.user_id),
  display_name: account.display_name ?? '',
  origin: account.origin,
})

/**
 * Names the question about a pending account: an answer counts only for the account that was on the
 * screen.
 */
export const questionOf = (pending: NonNullable<Session['pending']>): string =>
  createHash('sha256')
    .update(`${pending.user_id}\n${pending.display_name ?? ''}`)
    .digest('base64url')
    .slice(0, 22)

/**
 * A session as its page sees it. `person` says only whether two sessions are of the same wallet.
 */
export const viewSession = (session: Session): SessionView => ({
  person: createHash('sha256').update(session.wallet_ref).digest('base64url').slice(0, 22),
  account: viewAccount(session.account),
  pending_account: session.pending
    ? {
        ...viewAccount({ ...session.pending, origin: 'ticket' }),
        question_id: questionOf(session.pending),
      }
    : null,
  account_conflict: session.account_conflict,
})

/** What a ticket means for the user a wallet pays for now. */
export function compareAccount(
  account: Account,
  ticket_user_id: string,
): 'same' | 'ask' | 'conflict' {
  if (account.user_id === ticket_user_id) return 'same'
  return account.origin === 'made' ? 'ask' : 'conflict'
}

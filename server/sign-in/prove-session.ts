import { Refusal } from '../errors.ts'
import { newSecret, newId } from '../kernel/ids.ts'
import type { Held } from '../session-guard.ts'
import { repeatableTransaction, type Queryable } from '../storage/database.ts'
import { exchangeCode } from '../unionpay/operations/exchange-code.ts'
import type { Session } from './account.ts'
import { attachTicket } from './present-ticket.ts'
import type { SignInContext } from './context.ts'
import { secretDigest } from './digest.ts'
import {
  insertProof,
  useProof,
  deleteSession,
  endVisit,
  extendSession,
  findSession,
  findVisit,
  insertSession,
  type Visit,
} from './session-store.ts'
import { findWallet, insertUser, insertWallet, type Wallet } from './store.ts'

/**
 * The session behind a cookie; proved if the web view's proof is this session's and did not rest
 * for longer than it may.
 */
export async function findHeld(
  db: Queryable,
  session_cookie: string,
  proof: string | null,
  idle_minutes: number,
): Promise<Held<Session> | null> {
  const digest = secretDigest(session_cookie)
  const session = await findSession(db, digest)
  if (!session) return null
  const proved = proof !== null && (await useProof(db, secretDigest(proof), digest, idle_minutes))
  return { session, proved }
}

/**
 * A session that this web view has just proved: the cookie of the browser and the secret of the web
 * view.
 */
export type Proved = { session: Session; session_cookie: string; proof: string }

/** What the browser brought: the cookie of a session, and whether that gets another id now. */
export type Before = { session_cookie: string | undefined; new_id: boolean }

/**
 * The wallet with this open_id is the one that is open. The browser's session goes on if it is this
 * wallet's; another's ends here, with every proof of it, and a new one begins. A ticket that the
 * browser brought before it was known is attached. Refuses sign_in_failed when the wallet was
 * erased in this very moment: it comes again as somebody new.
 */
export async function proveSession(
  context: SignInContext,
  open_id: string,
  before: Before,
  ticket: Visit | null = null,
): Promise<Proved> {
  const wallet = await knowWallet(context, open_id)
  const proof = newSecret(context.random)
  const old = before.session_cookie ?? null
  const session_cookie = await repeatableTransaction(context.database, async (db) => {
    const next = old === null || before.new_id ? newSecret(context.random) : old
    const digest = secretDigest(next)
    const goes_on =
      old !== null && (await extendSession(db, secretDigest(old), wallet.wallet_ref, digest))
    const cookie = goes_on ? next : newSecret(context.random)
    if (!goes_on) {
      if (old !== null) await deleteSession(db, secretDigest(old))
      if (!(await insertSession(db, secretDigest(cookie), wallet.wallet_ref)))
        throw new Refusal('sign_in_failed')
    }
    await insertProof(db, secretDigest(proof), secretDigest(cookie))
    return cookie
  })
  const token_digest = secretDigest(session_cookie)
  if (ticket?.ticket_user_id)
    await attachTicket(context, token_digest, wallet, {
      user_id: ticket.ticket_user_id,
      display_name: ticket.ticket_name,
    })
  const session = await findSession(context.database.pool, token_digest)
  if (!session) throw new Refusal('sign_in_failed')
  return { session, session_cookie, proof }
}

/** The open_id behind a code. Refuses sign_in_failed, unionpay_unavailable. */
export async function askWhoIsOpen(context: SignInContext, code: string): Promise<string> {
  const exchanged = await context.call(exchangeCode, { code })
  if (exchanged.kind === 'done') return exchanged.value.open_id
  context.log.warn(
    { unionpay_code: exchanged.code, outcome: exchanged.kind },
    'the code of a sign-in could not be exchanged',
  )
  throw new Refusal(exchanged.kind === 'refused' ? 'sign_in_failed' : 'unionpay_unavailable')
}

/**
 * Proves a session by a code that the wallet's script gave the page (appletAuth), without leaving
 * it. The browser's session keeps its id if it is this wallet's: what the page is asking meanwhile
 * still holds. Refuses as above.
 */
export async function proveByCode(
  context: SignInContext,
  code: string,
  session_cookie: string | undefined,
  visit_cookie: string | undefined,
): Promise<Proved> {
  const open_id = await askWhoIsOpen(context, code)
  const visit = visit_cookie
    ? await findVisit(context.database.pool, secretDigest(visit_cookie))
    : null
  const proved = await proveSession(context, open_id, { session_cookie, new_id: false }, visit)
  if (visit_cookie) await endVisit(context.database.pool, secretDigest(visit_cookie))
  return proved
}

/**
 * The wallet of an open_id. One that comes for the first time without a ticket gets a user_id we
 * make; it gives way to the first real one. Safe when two requests of the same wallet arrive at
 * once.
 */
async function knowWallet(context: SignInContext, open_id: string): Promise<Wallet> {
  const open_id_digest = context.cipher.digest(open_id)
  const known = await findWallet(context.database.pool, open_id_digest)
  if (known) return known
  await repeatableTransaction(context.database, async (db) => {
    const user_ref = newId(context.clock, context.random)
    await insertUser(db, {
      user_ref,
      user_id: `made-${user_ref}`,
      origin: 'made',
      display_name: null,
    })
    const wallet_ref = newId(context.clock, context.random)
    const inserted = await insertWallet(db, {
      wallet_ref,
      open_id_digest,
      open_id_sealed: context.cipher.seal(open_id),
      user_ref,
    })
    if (!inserted) await db.query(`delete from users where id = $1`, [user_ref])
  })
  return (await findWallet(context.database.pool, open_id_digest)) as Wallet
}

import type { Queryable } from '../storage/database.ts'
import type { Account, Session } from './account.ts'

/**
 * SQL of browsers: visits before sign-in, sessions after it, tickets already used. All in real
 * time.
 */

const session_hours = 12

const visit_minutes = 30

export type Visit = {
  return_to: string | null
  agreed_plan_id: string | null
  ticket_user_id: string | null
  ticket_name: string | null
}

/** Stores the sign-in a browser begins; it replaces an older one of the same browser. */
export async function startVisit(
  db: Queryable,
  cookie_digest: string,
  state_digest: string,
  to: Pick<Visit, 'return_to' | 'agreed_plan_id'>,
): Promise<void> {
  await db.query(
    `insert into visits (cookie_digest, state_digest, return_to, agreed_plan_id, expires_at)
     values ($1, $2, $3, $4, now() + make_interval(mins => $5))
     on conflict (cookie_digest) do update
       set state_digest = $2, return_to = $3, agreed_plan_id = $4, expires_at = excluded.expires_at`,
    [cookie_digest, state_digest, to.return_to, to.agreed_plan_id, visit_minutes],
  )
}

export async function keepTicketForVisit(
  db: Queryable,
  cookie_digest: string,
  ticket: { user_id: string; display_name: string | null },
): Promise<void> {
  await db.query(
    `insert into visits (cookie_digest, ticket_user_id, ticket_name, expires_at)
     values ($1, $2, $3, now() + make_interval(mins => $4))
     on conflict (cookie_digest) do update set ticket_user_id = $2, ticket_name = $3, expires_at = excluded.expires_at`,
    [cookie_digest, ticket.user_id, ticket.display_name, visit_minutes],
  )
}

/**
 * Uses up the state if it is this browser's. The visit itself, with its ticket, stays until a
 * session has it.
 */
export async function useState(
  db: Queryable,
  cookie_digest: string,
  state_digest: string,
): Promise<Visit | null> {
  const { rows } = await db.query<Visit>(
    `update visits set state_digest = null where cookie_digest = $1 and state_digest = $2 and expires_at > now()
     returning return_to, agreed_plan_id, ticket_user_id, ticket_name`,
    [cookie_digest, state_digest],
  )
  return rows[0] ?? null
}

/** The visit of this browser, whatever it waits for. */
export async function findVisit(db: Queryable, cookie_digest: string): Promise<Visit | null> {
  const { rows } = await db.query<Visit>(
    `select return_to, agreed_plan_id, ticket_user_id, ticket_name from visits
      where cookie_digest = $1 and expires_at > now()`,
    [cookie_digest],
  )
  return rows[0] ?? null
}

export async function endVisit(db: Queryable, cookie_digest: string): Promise<void> {
  await db.query(`delete from visits where cookie_digest = $1`, [cookie_digest])
}

/** Keeps a jti; false when it was used before. */
export async function useTicket(db: Queryable, jti: string, expires_at: Date): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into used_tickets (jti, expires_at) values ($1, $2) on conflict do nothing`,
    [jti, expires_at],
  )
  return rowCount === 1
}

/** Begins a session; false when the wallet was erased meanwhile. */
export async function insertSession(
  db: Queryable,
  token_digest: string,
  wallet_ref: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into sessions (token_digest, wallet_ref, expires_at) select $1, id, now() + make_interval(hours => $3) from wallets where id = $2 and open_id_sealed <> '' for share`,
    [token_digest, wallet_ref, session_hours],
  )
  return rowCount === 1
}

/**
 * Lets a session that is this wallet's go on for its whole time, under another token where one is
 * given. False when it is not, or has ended.
 */
export async function extendSession(
  db: Queryable,
  token_digest: string,
  wallet_ref: string,
  next_digest: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update sessions set token_digest = $3, expires_at = now() + make_interval(hours => $4)
      where token_digest = $1 and wallet_ref = $2 and expires_at > now()`,
    [token_digest, wallet_ref, next_digest, session_hours],
  )
  return rowCount === 1
}

type SessionRow = Account & {
  token_digest: string
  wallet_ref: string
  pending_user_id: string | null
  pending_name: string | null
  account_conflict: boolean
}

/** The session behind a cookie, whether or not a web view proved it. */
export async function findSession(db: Queryable, token_digest: string): Promise<Session | null> {
  const { rows } = await db.query<SessionRow>(
    `select s.token_digest, s.wallet_ref, s.pending_user_id, s.pending_name, s.account_conflict,
            u.id as user_ref, u.user_id, u.origin, u.display_name
       from sessions s join wallets w on w.id = s.wallet_ref join users u on u.id = w.user_ref
      where s.token_digest = $1 and s.expires_at > now()`,
    [token_digest],
  )
  const row = rows[0]
  if (!row) return null
  const { user_ref, user_id, origin, display_name } = row
  return {
    token_digest: row.token_digest,
    wallet_ref: row.wallet_ref,
    account: { user_ref, user_id, origin, display_name },
    pending:
      row.pending_user_id === null
        ? null
        : { user_id: row.pending_user_id, display_name: row.pending_name },
    account_conflict: row.account_conflict,
  }
}

export async function setPending(
  db: Queryable,
  token_digest: string,
  pending: { user_id: string; display_name: string | null } | null,
  account_conflict: boolean,
): Promise<void> {
  await db.query(
    `update sessions set pending_user_id = $2, pending_name = $3, account_conflict = $4 where token_digest = $1`,
    [token_digest, pending?.user_id ?? null, pending?.display_name ?? null, account_conflict],
  )
}

/** The account a session is asked about, locked until the transaction ends. */
export async function lockPending(
  db: Queryable,
  token_digest: string,
): Promise<Session['pending']> {
  const { rows } = await db.query<{ user_id: string; display_name: string | null }>(
    `select pending_user_id as user_id, pending_name as display_name from sessions
      where token_digest = $1 and pending_user_id is not null for update`,
    [token_digest],
  )
  return rows[0] ?? null
}

export async function deleteSession(db: Queryable, token_digest: string): Promise<void> {
  await db.query(`delete from sessions where token_digest = $1`, [token_digest])
}

/**
 * Forgets what has expired; returns how many rows. What somebody else has locked waits for the next
 * time. A used ticket is kept an hour longer than it could be valid. A proof rests at most as long
 * as a session lives.
 */
export async function forgetExpired(db: Queryable): Promise<number> {
  const results = [
    await db.query(
      `delete from visits where cookie_digest in (select cookie_digest from visits where expires_at < now() for update skip locked)`,
    ),
    await db.query(
      `delete from sessions where token_digest in (select token_digest from sessions where expires_at < now() for update skip locked)`,
    ),
    await db.query(
      `delete from session_proofs where proof_digest in (select proof_digest from session_proofs where used_at < now() - make_interval(hours => $1) for update skip locked)`,
      [session_hours],
    ),
    await db.query(`delete from used_tickets where expires_at < now() - interval '1 hour'`),
  ]
  return results.reduce((sum, result) => sum + (result.rowCount ?? 0), 0)
}

/**
 * SQL of proofs: which web views have shown that a session's wallet is the one that is open. Real
 * time.
 */

// a proof in use is written down at most so often
const note_use_every_s = 30

export async function insertProof(
  db: Queryable,
  proof_digest: string,
  session_digest: string,
): Promise<void> {
  await db.query(`insert into session_proofs (proof_digest, session_digest) values ($1, $2)`, [
    proof_digest,
    session_digest,
  ])
}

/** Whether this proof is this session's and was used within the last minutes; it is used now. */
export async function useProof(
  db: Queryable,
  proof_digest: string,
  session_digest: string,
  idle_minutes: number,
): Promise<boolean> {
  const { rows } = await db.query<{ resting: boolean }>(
    `select used_at < now() - make_interval(secs => $4) as resting from session_proofs
      where proof_digest = $1 and session_digest = $2 and used_at > now() - make_interval(mins => $3)`,
    [proof_digest, session_digest, idle_minutes, note_use_every_s],
  )
  if (!rows[0]) return false
  if (rows[0].resting)
    await db.query(`update session_proofs set used_at = now() where proof_digest = $1`, [
      proof_digest,
    ])
  return true
}

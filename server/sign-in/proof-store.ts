import type { Queryable } from '../storage/database.ts'

/** SQL of proofs: which web views have shown that a session's wallet is the one that is open. Real time. */

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

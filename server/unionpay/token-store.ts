import type { Pool } from 'pg'
import type { Cipher } from '../storage/cipher.ts'
import type { SharedTokenName } from './operations/shared-token.ts'

export type TokenStore = {
  find(name: SharedTokenName): Promise<string | null>
  takeLease(name: SharedTokenName, refused_token: string | null): Promise<'ours' | 'others' | 'failing'>
  keep(name: SharedTokenName, token: string, life_s: number): Promise<void>
  giveUpLease(name: SharedTokenName): Promise<void>
}

/**
 * The token's row. A lease says who is asking UnionPay; it ends by itself after 15 s. After a failed request nobody asks
 * again for 2 s, so that an outage does not become the many requests that get a server blacklisted (open platform §2.3).
 */
export function createTokenStore(pool: Pool, cipher: Cipher): TokenStore {
  return {
    async find(name) {
      const { rows } = await pool.query<{ sealed: string }>(
        `select sealed from shared_tokens where name = $1 and sealed is not null and expires_at > business_now()`, [name])
      return rows[0] ? cipher.open(rows[0].sealed) : null
    },
    async takeLease(name, refused_token) {
      await pool.query(`insert into shared_tokens (name) values ($1) on conflict do nothing`, [name])
      const refused_digest = refused_token === null ? null : cipher.digest(refused_token)
      const { rowCount } = await pool.query(
        `update shared_tokens set leased_until = now() + interval '15 seconds', failing = false
          where name = $1 and (leased_until is null or leased_until < now())
            and (sealed is null or expires_at <= business_now() or digest = $2)`, [name, refused_digest])
      if (rowCount === 1) return 'ours'
      const { rows } = await pool.query<{ failing: boolean }>(
        `select failing from shared_tokens where name = $1 and leased_until > now()`, [name])
      return rows[0]?.failing ? 'failing' : 'others'
    },
    async keep(name, token, life_s) {
      // Half a minute of the life is left unused: a token must not expire on its way.
      await pool.query(
        `update shared_tokens set sealed = $2, digest = $3, leased_until = null, failing = false,
            expires_at = business_now() + make_interval(secs => greatest($4::int - 30, 1))
          where name = $1`, [name, cipher.seal(token), cipher.digest(token), life_s])
    },
    async giveUpLease(name) {
      await pool.query(`update shared_tokens set failing = true, leased_until = now() + interval '2 seconds' where name = $1`, [name])
    },
  }
}

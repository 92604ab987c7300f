import type { Pool } from 'pg'
import type { Cipher } from '../storage/cipher.ts'
import type { SharedTokenName } from './operations/shared-token.ts'

export type TokenStore = {
  find(name: SharedTokenName): Promise<string | null>
  takeLease(
    name: SharedTokenName,
    lease_id: string,
    refused_token: string | null,
  ): Promise<'ours' | 'others' | 'failing'>
  keep(name: SharedTokenName, lease_id: string, token: string, life_s: number): Promise<void>
  giveUpLease(name: SharedTokenName, lease_id: string): Promise<void>
}

const longest_pause_s = 300

/**
 * The token's row. A lease says who is asking UnionPay; it outlasts the longest wait for an answer,
 * and only its holder writes. After failed requests nobody asks for 2, 4, 8 … seconds, at most five
 * minutes: an outage must not become the many requests that get a server blacklisted (open platform
 * §2.3). `lease_s`: seconds a lease lasts.
 */
export function createTokenStore(pool: Pool, cipher: Cipher, lease_s: number): TokenStore {
  return {
    async find(name) {
      const { rows } = await pool.query<{ sealed: string }>(
        `select sealed from shared_tokens where name = $1 and sealed is not null and expires_at > business_now()`,
        [name],
      )
      return rows[0] ? cipher.open(rows[0].sealed) : null
    },
    async takeLease(name, lease_id, refused_token) {
      await pool.query(`insert into shared_tokens (name) values ($1) on conflict do nothing`, [
        name,
      ])
      const refused_digest = refused_token === null ? null : cipher.digest(refused_token)
      const { rowCount } = await pool.query(
        `update shared_tokens set leased_until = now() + make_interval(secs => $4), lease_id = $3
          where name = $1 and (leased_until is null or leased_until < now())
            and (sealed is null or expires_at <= business_now() or digest = $2)`,
        [name, refused_digest, lease_id, lease_s],
      )
      if (rowCount === 1) return 'ours'
      const { rows } = await pool.query<{ failing: boolean }>(
        `select lease_id is null as failing from shared_tokens where name = $1 and leased_until > now()`,
        [name],
      )
      return rows[0]?.failing ? 'failing' : 'others'
    },
    async keep(name, lease_id, token, life_s) {
      // Half a minute of the life is left unused: a token must not expire on its way.
      await pool.query(
        `update shared_tokens set sealed = $3, digest = $4, leased_until = null, lease_id = null, failures = 0,
            expires_at = business_now() + make_interval(secs => greatest($5::int - 30, 1))
          where name = $1 and lease_id = $2`,
        [name, lease_id, cipher.seal(token), cipher.digest(token), life_s],
      )
    },
    async giveUpLease(name, lease_id) {
      await pool.query(
        `update shared_tokens set lease_id = null, failures = failures + 1,
            leased_until = now() + make_interval(secs => least(2 ^ least(failures + 1, 10), $3))
          where name = $1 and lease_id = $2`,
        [name, lease_id, longest_pause_s],
      )
    },
  }
}

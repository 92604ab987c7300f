import { createHash } from 'node:crypto'
import { Refusal } from '../errors.ts'
import type { Queryable } from '../storage/database.ts'

/**
 * What identifies a request that may be repeated: an API key, a verb, and the key of the request.
 */
export type Intent = {
  owner: string
  verb: 'charge' | 'refund' | 'cancel'
  key: string
  body_digest: string
}

const retention_days = 35

/** The Idempotency-Key of a request. Refuses idempotency_key_missing. */
export function readIdempotencyKey(header: string | string[] | undefined): string {
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(header))
    throw new Refusal('idempotency_key_missing')
  return header
}

/** The same digest for the same members, in whatever order they were written. */
export function requestDigest(...parts: unknown[]): string {
  return createHash('sha256')
    .update(
      JSON.stringify(parts, (_name, value: unknown) =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
          : value,
      ),
    )
    .digest('base64url')
}

/**
 * The order_id that this intent was accepted as before, or null. Refuses idempotency_key_reused
 * when the body differed.
 */
export async function findAccepted(
  db: Queryable,
  { owner, verb, key, body_digest }: Intent,
): Promise<string | null> {
  const { rows } = await db.query<{ order_id: string; body_digest: string }>(
    `select order_id, body_digest from idempotency_keys where owner = $1 and verb = $2 and key = $3`,
    [owner, verb, key],
  )
  if (!rows[0]) return null
  if (rows[0].body_digest !== body_digest) throw new Refusal('idempotency_key_reused')
  return rows[0].order_id
}

/**
 * Whether a request with this key is being accepted at this moment: the statement that accepts
 * holds this lock.
 */
export async function isKeyBusy(db: Queryable, { owner, verb, key }: Intent): Promise<boolean> {
  const { rows } = await db.query<{ free: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as free`,
    [`${verb} ${owner} ${key}`],
  )
  return rows[0]?.free === false
}

/**
 * Saves an intent in the database transaction that accepts it; false when another request did
 * meanwhile.
 */
export async function saveIntent(
  db: Queryable,
  { owner, verb, key, body_digest }: Intent,
  order_id: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into idempotency_keys (owner, verb, key, body_digest, order_id) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [owner, verb, key, body_digest, order_id],
  )
  return rowCount === 1
}

/**
 * Deletes keys older than 35 days; merchant_order_no still prevents a second charge of an order.
 */
export async function deleteOldKeys(db: Queryable, most: number): Promise<number> {
  const { rowCount } = await db.query(
    `delete from idempotency_keys where ctid = any(array(
       select ctid from idempotency_keys where used_at < business_now() - make_interval(days => $1) limit $2))`,
    [retention_days, most],
  )
  return rowCount ?? 0
}

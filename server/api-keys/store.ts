import { createHash } from 'node:crypto'
import type { ApiKey } from '../key-guard.ts'
import type { Queryable } from '../storage/database.ts'

/** A key is random enough that its plain hash is all that is kept. */
export const keyDigest = (secret: string): string =>
  createHash('sha256').update(secret, 'utf8').digest('base64url')

export async function insertKey(db: Queryable, key: ApiKey, key_digest: string): Promise<void> {
  await db.query(
    `insert into api_keys (id, key_digest, name, verbs, plan_ids) values ($1, $2, $3, $4, $5)`,
    [key.id, key_digest, key.name, key.verbs, key.plan_ids],
  )
}

export async function findKey(db: Queryable, secret: string): Promise<ApiKey | null> {
  const { rows } = await db.query<ApiKey>(
    `select id, name, verbs, plan_ids from api_keys where key_digest = $1 and revoked_at is null`,
    [keyDigest(secret)],
  )
  return rows[0] ?? null
}

/** The same for several at once, in their order. */
export async function findKeys(
  db: Queryable,
  secrets: readonly string[],
): Promise<(ApiKey | null)[]> {
  const digests = new Map([...new Set(secrets)].map((secret) => [secret, keyDigest(secret)]))
  const { rows } = await db.query<ApiKey & { key_digest: string }>({
    name: 'find-keys',
    text: `select key_digest, id, name, verbs, plan_ids from api_keys where key_digest = any($1) and revoked_at is null`,
    values: [[...digests.values()]],
  })
  const found = new Map(rows.map(({ key_digest, ...key }) => [key_digest, key]))
  return secrets.map((secret) => found.get(digests.get(secret) ?? '') ?? null)
}

/** From now on this key opens nothing; false when there is no such key that still does. */
export async function revokeKey(db: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update api_keys set revoked_at = now() where id = $1 and revoked_at is null`,
    [id],
  )
  return rowCount === 1
}

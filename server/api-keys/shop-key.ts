import { readFile, writeFile } from 'node:fs/promises'
import type { Clock } from '../kernel/clock.ts'
import type { RandomBytes } from '../kernel/ids.ts'
import type { Queryable } from '../storage/database.ts'
import { createApiKey } from './create-api-key.ts'
import { findKey } from './store.ts'

/**
 * The key of the demo shop, in a file only the owner reads. Kept while this database knows it;
 * otherwise made again, so that a fresh database and an old file still match.
 */
export async function ensureShopKey(
  db: Queryable,
  clock: Clock,
  random: RandomBytes,
  file: string,
): Promise<void> {
  const kept = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  if (kept.trim() && (await findKey(db, kept.trim()))) return
  const { secret } = await createApiKey(db, clock, random, {
    name: 'sandbox shop',
    verbs: ['read', 'sign', 'charge', 'refund', 'terminate', 'webhooks'],
    plan_ids: [],
  })
  await writeFile(file, `${secret}\n`, { mode: 0o600 })
}

import { newId, newSecret, type RandomBytes } from '../kernel/ids.ts'
import type { Clock } from '../kernel/clock.ts'
import type { ApiKey, Verb } from '../key-guard.ts'
import type { Queryable } from '../storage/database.ts'
import { insertKey, keyDigest } from './store.ts'

/** Makes a key and returns its secret: the only time anybody sees it. */
export async function createApiKey(
  db: Queryable,
  clock: Clock,
  random: RandomBytes,
  requested: { name: string; verbs: Verb[]; plan_ids: string[] },
): Promise<{ key: ApiKey; secret: string }> {
  const secret = `wugan_${newSecret(random)}`
  const key: ApiKey = { id: newId(clock, random), ...requested }
  await insertKey(db, key, keyDigest(secret))
  return { key, secret }
}

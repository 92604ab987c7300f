import { Refusal } from '../errors.ts'
import { newSecret, type RandomBytes } from '../kernel/ids.ts'
import { secretDigest } from '../sign-in/digest.ts'
import type { Database } from '../storage/database.ts'
import type { Operator } from './operator.ts'
import { countFailure, findOperator, startOperatorSession } from './operator-store.ts'
import { isPassword } from './password.ts'

/** Signs an operator in. Returns the cookie's secret. Refuses operator_refused for a wrong name, password or a lock, all alike. */
export async function signInOperator(
  { database, random }: { database: Database; random: RandomBytes }, given: { name: string; password: string },
): Promise<{ operator: Operator; secret: string }> {
  const kept = await findOperator(database.pool, given.name)
  const right = await isPassword(given.password, kept?.password ?? null)
  if (!kept || !right || kept.locked) {
    if (kept && !right) await countFailure(database.pool, kept.id)
    throw new Refusal('operator_refused')
  }
  const secret = newSecret(random)
  await startOperatorSession(database.pool, kept.id, secretDigest(secret))
  return { operator: { id: kept.id, name: kept.name, role: kept.role }, secret }
}

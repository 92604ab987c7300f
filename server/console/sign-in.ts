import { audited, type AuditLine } from '../audit/store.ts'
import { Refusal } from '../errors.ts'
import { newSecret, type RandomBytes } from '../kernel/ids.ts'
import { secretDigest } from '../sign-in/digest.ts'
import type { Database } from '../storage/database.ts'
import type { Operator } from './operator.ts'
import {
  countFailure,
  endOperatorSession,
  findOperator,
  startOperatorSession,
} from './operator-store.ts'
import { isPassword } from './password.ts'

/** Signs an operator in. Returns the cookie's secret. Refuses operator_refused for a wrong name, password or a lock, all alike. */
export async function signInOperator(
  { database, random }: { database: Database; random: RandomBytes },
  given: { name: string; password: string },
): Promise<{ operator: Operator; secret: string }> {
  const kept = await findOperator(database.pool, given.name)
  const right = await isPassword(given.password, kept?.password ?? null)
  if (!kept || !right || kept.locked) {
    if (kept && !right)
      await audited(
        database,
        (db) => countFailure(db, kept.id),
        ({ locked }) => (locked ? lineOf(kept, 'operator.locked') : null),
      )
    throw new Refusal('operator_refused')
  }
  const secret = newSecret(random)
  await audited(
    database,
    (db) => startOperatorSession(db, kept.id, secretDigest(secret)),
    () => lineOf(kept, 'operator.sign_in'),
  )
  return { operator: { id: kept.id, name: kept.name, role: kept.role }, secret }
}

/** Ends the session of this cookie, if it is one. */
export const signOutOperator = async (database: Database, secret: string): Promise<void> =>
  void (await audited(
    database,
    (db) => endOperatorSession(db, secretDigest(secret)),
    (operator) => operator && lineOf(operator, 'operator.sign_out'),
  ))

const lineOf = ({ id, name }: Pick<Operator, 'id' | 'name'>, action: string): AuditLine => ({
  author: name,
  action,
  subject: id,
})

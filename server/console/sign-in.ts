import { audited, type AuditLine } from '../audit/store.ts'
import { Refusal } from '../errors.ts'
import { newSecret, type RandomBytes } from '../kernel/ids.ts'
import { secretDigest } from '../sign-in/digest.ts'
import type { Database } from '../storage/database.ts'
import type { Operator } from './operator.ts'
import { isKnownBrowser, rememberBrowser } from './browser-store.ts'
import { countFailure, forgetFailures, isLocked } from './failure-store.ts'
import { endOperatorSession, findOperator, startOperatorSession } from './operator-store.ts'
import { isPassword } from './password.ts'

/**
 * `network`: where the request comes from; `browser`: the secret of a browser in which somebody
 * signed in before.
 */
export type SignInAttempt = {
  name: string
  password: string
  network: string
  browser: string | null
}

/**
 * Signs an operator in. Returns the secrets of the session and of the browser. Refuses
 * operator_refused for a wrong name, a wrong password and a lock, all alike, and overloaded. Wrong
 * passwords lock a name only for the address they come from; a browser in which this operator
 * signed in before counts by itself. A name that nobody has is counted, locked and compared like
 * any other.
 */
export async function signInOperator(
  { database, random }: { database: Database; random: RandomBytes },
  given: SignInAttempt,
): Promise<{ operator: Operator; secret: string; browser: string }> {
  const { pool } = database
  const kept = await findOperator(pool, given.name)
  const browser = given.browser && secretDigest(given.browser)
  const is_known = kept && browser ? await isKnownBrowser(pool, kept.id, browser) : false
  const attempt = secretDigest(
    is_known ? `browser ${browser} ${given.name}` : `network ${given.network} ${given.name}`,
  )
  if (await isLocked(pool, attempt)) throw new Refusal('operator_refused')
  const lane = is_known ? 'known_browser' : 'stranger'
  if (!(await isPassword(given.password, kept?.password ?? null, lane)) || !kept) {
    await audited(
      database,
      (db) => countFailure(db, attempt),
      ({ locked }) =>
        locked && kept ? lineOf(kept, 'operator.locked', { known_browser: is_known }) : null,
    )
    throw new Refusal('operator_refused')
  }
  const secrets = { secret: newSecret(random), browser: newSecret(random) }
  await audited(
    database,
    async (db) => {
      const started =
        (await forgetFailures(db, attempt)) &&
        (await startOperatorSession(db, kept, secretDigest(secrets.secret)))
      if (!started) throw new Refusal('operator_refused')
      await rememberBrowser(db, kept.id, browser, secretDigest(secrets.browser))
    },
    () => lineOf(kept, 'operator.sign_in'),
  )
  return { operator: { id: kept.id, name: kept.name, role: kept.role }, ...secrets }
}

/** Ends the session of this cookie, if it is one. */
export const signOutOperator = async (database: Database, secret: string): Promise<void> =>
  void (await audited(
    database,
    (db) => endOperatorSession(db, secretDigest(secret)),
    (operator) => operator && lineOf(operator, 'operator.sign_out'),
  ))

const lineOf = (
  { id, name }: Pick<Operator, 'id' | 'name'>,
  action: string,
  detail: AuditLine['detail'] = {},
): AuditLine => ({ author: name, action, subject: id, detail })

import { audited } from '../server/audit/store.ts'
import {
  changeOperator,
  findOperatorId,
  insertOperator,
  listOperators,
} from '../server/console/operator-store.ts'
import { roles, type Role } from '../server/console/operator.ts'
import { sealPassword } from '../server/console/password.ts'
import { realClock } from '../server/kernel/clock.ts'
import { newAlphanumeric, newId, systemRandom } from '../server/kernel/ids.ts'
import type { Database, Queryable } from '../server/storage/database.ts'
import { readArguments, stopWithUsage } from './parts/arguments.ts'
import { authorOr } from './parts/author.ts'
import { runOnDatabase } from './parts/run-command.ts'

/**
 * `wugan operator create NAME [--role viewer|operator|admin]` makes somebody who may sign in to the
 * console and prints a password, once; `reset NAME` gives a new one, `disable NAME` ends it,
 * `enable NAME` undoes that with a new password, `list` shows all. Each but the last leaves a line
 * in the audit trail; `--author NAME` says whose.
 */
const {
  values,
  positionals: [verb, name],
} = readArguments('operator')
const known =
  verb === 'list' ||
  (['create', 'reset', 'disable', 'enable'].includes(verb ?? '') &&
    name !== undefined &&
    name.length <= 64)
if (!known || !roles.includes(values.role as Role)) stopWithUsage('operator')
await runOnDatabase(async (database) => {
  process.exitCode = await run(database, verb ?? '', name ?? '')
})

async function run(database: Database, action: string, who: string): Promise<number> {
  const db = database.pool
  if (action === 'list') {
    for (const one of await listOperators(db))
      console.log(`${one.name}  ${one.role}${one.disabled_at ? '  disabled' : ''}`)
    return 0
  }
  if (action === 'disable')
    return say(
      await written(database, action, who, (tx) => changeOperator(tx, who, { disabled: true })),
      `${who} may not sign in any more`,
      `there is no operator ${who} who may sign in`,
    )
  const password = newAlphanumeric(16, systemRandom)
  const sealed = await sealPassword(password, systemRandom)
  const done = await written(database, action, who, (tx) =>
    action === 'create'
      ? insertOperator(tx, {
          id: newId(realClock, systemRandom),
          name: who,
          role: values.role as Role,
          password: sealed,
        })
      : changeOperator(
          tx,
          who,
          action === 'enable' ? { password: sealed, enabled: true } : { password: sealed },
        ),
  )
  if (done) console.log(password)
  const missing = {
    create: `there is an operator ${who} already`,
    reset: `there is no operator ${who} who may sign in; a disabled one: enable ${who}`,
    enable: `there is no disabled operator ${who}`,
  }[action]
  return say(done, `the password of ${who}, shown once`, missing ?? '')
}

/** Does it and writes it down under the operator's id. False: there was nothing to do. */
async function written(
  database: Database,
  action: string,
  who: string,
  work: (tx: Queryable) => Promise<boolean>,
): Promise<boolean> {
  const detail = action === 'create' ? { role: values.role } : {}
  const id = await audited(
    database,
    async (tx) => ((await work(tx)) ? findOperatorId(tx, who) : null),
    (subject) =>
      subject === null
        ? null
        : { author: authorOr(values.author), action: `operator.${action}`, subject, detail },
  )
  return id !== null
}

function say(done: boolean, good: string, bad: string): number {
  console.error(done ? good : bad)
  return done ? 0 : 1
}

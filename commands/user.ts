import { Refusal } from '../server/errors.ts'
import { realClock } from '../server/kernel/clock.ts'
import { systemRandom } from '../server/kernel/ids.ts'
import { loadCatalogue } from '../server/plans/catalogue.ts'
import { erasePerson } from '../server/privacy/erase-person.ts'
import { exportPerson } from '../server/privacy/export-person.ts'
import { findPerson } from '../server/privacy/store.ts'
import { openCipher } from '../server/storage/deployment.ts'
import { findRing } from '../server/storage/key-ring.ts'
import { readArguments, stopWithUsage } from './parts/arguments.ts'
import { runOnDatabase } from './parts/run-command.ts'

/**
 * `wugan user export USER_ID --author NAME` prints all that is held about a user as JSON; `wugan
 * user delete USER_ID --author NAME` deletes who it was. Both leave a line in the audit trail.
 */
const {
  values,
  positionals: [verb, user_id],
} = readArguments('user')
if ((verb !== 'export' && verb !== 'delete') || !user_id || !values.author) stopWithUsage('user')
const author = values.author
await runOnDatabase(async (database, settings) => {
  const context = {
    database,
    clock: realClock,
    catalogue: loadCatalogue(settings.plans_file),
    log: { info: () => {} },
    cipher: await openCipher(database.pool, findRing(settings), systemRandom),
  }
  const person = await findPerson(database.pool, user_id)
  if (!person) throw new Refusal('not_found')
  if (verb === 'export')
    console.log(JSON.stringify(await exportPerson(context, person, author), null, 2))
  else {
    await erasePerson(context, person.user_ref, author)
    console.error(`deleted. What was paid stays under ${person.user_ref}, which leads to nobody.`)
  }
})

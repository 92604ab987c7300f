import { createApiKey } from '../server/api-keys/create-api-key.ts'
import { audited } from '../server/audit/store.ts'
import { loadCatalogue } from '../server/plans/catalogue.ts'
import { realClock } from '../server/kernel/clock.ts'
import { systemRandom } from '../server/kernel/ids.ts'
import { verbs, type Verb } from '../server/key-guard.ts'
import { readArguments, stopWithUsage } from './parts/arguments.ts'
import { authorOr } from './parts/author.ts'
import { runOnDatabase } from './parts/run-command.ts'

/**
 * `wugan key create --name SHOP`: makes an API key for the merchant's own systems and prints its
 * secret, once. Leaves a line in the audit trail.
 */
const { values, positionals } = readArguments('key')
const list = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
const wanted = values.verbs ? list(values.verbs) : ['read', 'sign', 'terminate']
const wrongVerb = wanted.find((verb) => !verbs.includes(verb as Verb))
if (positionals[0] !== 'create' || !values.name || wrongVerb) {
  if (wrongVerb) console.error(`unknown verb "${wrongVerb}"; there are: ${verbs.join(', ')}`)
  stopWithUsage('key')
}
const wish = { name: values.name, verbs: wanted as Verb[], plan_ids: list(values.plans) }
await runOnDatabase(async (database, settings) => {
  const unknown = wish.plan_ids.find((plan_id) => !loadCatalogue(settings.plans_file).find(plan_id))
  if (unknown) {
    console.error(`there is no plan ${unknown} in ${settings.plans_file}`)
    process.exitCode = 2
    return
  }
  const { key, secret } = await audited(
    database,
    (db) => createApiKey(db, realClock, systemRandom, wish),
    (made) => ({
      author: authorOr(values.author),
      action: 'key.create',
      subject: made.key.id,
      detail: { verbs: wish.verbs.join(','), plans: wish.plan_ids.join(',') },
    }),
  )
  console.error(
    `key ${key.id} "${key.name}": ${key.verbs.join(', ')}${key.plan_ids.length > 0 ? ` for ${key.plan_ids.join(', ')}` : ' for every plan'}. Shown once:`,
  )
  console.log(secret)
})

import pino from 'pino'
import { loadCatalogue } from '../server/plans/catalogue.ts'
import { realClock } from '../server/kernel/clock.ts'
import { systemRandom } from '../server/kernel/ids.ts'
import { webhook_types } from '../server/webhooks/states.ts'
import { openCipher } from '../server/storage/deployment.ts'
import { findRing } from '../server/storage/key-ring.ts'
import type { WebhooksContext } from '../server/webhooks/context.ts'
import { listDeliveries } from '../server/webhooks/delivery-store.ts'
import {
  addEndpoint,
  changeEndpoint,
  replayFrom,
  rotateEndpoint,
  testEndpoint,
} from '../server/webhooks/endpoints.ts'
import { listEndpoints } from '../server/webhooks/endpoint-store.ts'
import { createPoster } from '../server/webhooks/post.ts'
import { readArguments, stopWithUsage } from './parts/arguments.ts'
import { authorOr } from './parts/author.ts'
import { runOnDatabase } from './parts/run-command.ts'

type Verb = (
  context: WebhooksContext,
  first: string,
  second: string | undefined,
) => Promise<unknown>
const {
  values,
  positionals: [name = '', first = '', second],
} = readArguments('webhook')
const author = authorOr(values.author)

const verbs: Record<string, Verb> = {
  add: async (context, url) => {
    const types = (values.types ?? '').split(',').filter((type) => type !== '')
    const unknown = types.find((type) => !(webhook_types as readonly string[]).includes(type))
    if (unknown)
      throw new Error(`there is no type ${unknown}; there are: ${webhook_types.join(', ')}`)
    const { endpoint, secret } = await addEndpoint(
      context,
      author,
      url,
      types as (typeof webhook_types)[number][],
    )
    console.error(`endpoint ${endpoint.id} → ${endpoint.url}. Its secret is shown once:`)
    return secret
  },
  list: async ({ database }) =>
    (await listEndpoints(database.pool, undefined, 100))
      .map(
        (one) =>
          `${one.id}  ${one.state}${one.disabled_why ? ` (${one.disabled_why})` : ''}  ${one.url}  ${one.types.join(',') || 'every type'}`,
      )
      .join('\n'),
  test: async (context, id) => describe((await testEndpoint(context, author, id)).attempts),
  rotate: async (context, id) => (await rotateEndpoint(context, author, id)).secret,
  replay: async (context, id, from) => {
    if (from === undefined || Number.isNaN(Date.parse(from)))
      throw new Error('say from when, like 2026-11-22T00:00:00+08:00')
    return `${await replayFrom(context, author, id, from, null)} on their way`
  },
  log: async ({ database }, id) =>
    (await listDeliveries(database.pool, { endpoint: id }, 50))
      .map(
        (one) => `${one.id}  ${one.type}  ${one.subject}  ${one.state}  ${describe(one.attempts)}`,
      )
      .join('\n'),
  enable: async (context, id) => (await changeEndpoint(context, author, id, 'enable')).state,
  disable: async (context, id) => (await changeEndpoint(context, author, id, 'disable')).state,
  remove: async (context, id) =>
    `${(await changeEndpoint(context, author, id, 'remove')).id} removed`,
}
const describe = (
  attempts: { status: number | null; problem: string | null; ms: number }[],
): string => {
  const last = attempts.at(-1)
  return last
    ? `${last.status ?? last.problem} in ${last.ms} ms, attempt ${attempts.length}`
    : 'not attempted yet'
}

/** `wugan webhook`: the endpoints that hear of charges, contracts and breaks; docs/webhooks.md. */
const verb = verbs[name]
if (!verb || (name !== 'list' && first === '')) stopWithUsage('webhook')
await runOnDatabase(async (database, settings) => {
  const cipher = await openCipher(database.pool, findRing(settings), systemRandom)
  const poster = createPoster(settings.webhook_private_addresses)
  try {
    const said = await verb(
      {
        database,
        cipher,
        clock: realClock,
        real_clock: realClock,
        random: systemRandom,
        catalogue: loadCatalogue(settings.plans_file),
        log: pino({ level: 'silent' }),
        poster,
        private_allowed: settings.webhook_private_addresses,
      },
      first,
      second,
    )
    if (said !== undefined) console.log(said)
  } catch (error) {
    const { message, fields } = error as { message: string; fields?: { problem: string }[] }
    console.error(
      fields ? `${message} ${fields.map(({ problem }) => problem).join('; ')}` : message,
    )
    process.exitCode = 1
  } finally {
    await poster.close()
  }
})

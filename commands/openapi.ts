import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { writeTypes } from '../client/write-types.ts'
import { createApp } from '../server/app.ts'
import { realClock } from '../server/kernel/clock.ts'
import { systemRandom } from '../server/kernel/ids.ts'
import { writeLlms } from '../server/published/llms.ts'
import { writeOpenApi } from '../server/published/openapi.ts'
import { readSettings } from '../server/settings.ts'
import { openDatabase } from '../server/storage/database.ts'

/**
 * `wugan openapi`: writes docs/openapi.json, llms.txt and client/schema.ts from the routes'
 * schemas. It builds the real server on a database of its own, so that nothing can be forgotten; a
 * test compares them with what a running server serves.
 */
const folder = mkdtempSync(join(tmpdir(), 'wugan-openapi-'))
const settings = readSettings({ DATA_DIR: folder, LOG_LEVEL: 'silent' })
const database = await openDatabase({ data_dir: folder, database_url: null })
const app = await createApp({
  settings,
  database,
  real_clock: realClock,
  random: systemRandom,
  log: pino({ level: 'silent' }),
})
await app.server.ready()
const openapi = writeOpenApi(app.server)
writeFileSync('docs/openapi.json', `${JSON.stringify(openapi, null, 2)}\n`)
writeFileSync('llms.txt', writeLlms(openapi))
writeFileSync('client/schema.ts', await writeTypes(openapi))
await app.close()
await database.close()
rmSync(folder, { recursive: true, force: true })
console.log(
  `docs/openapi.json, llms.txt and client/schema.ts: ${Object.keys(openapi.paths).length} paths`,
)

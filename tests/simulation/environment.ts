import { randomBytes } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import pg, { type ClientConfig } from 'pg'
import { buildDoors } from '../../sandbox/app.ts'
import { createParts, type Parts } from '../../sandbox/parts.ts'
import { readSettings as readSandboxSettings } from '../../sandbox/settings.ts'
import { openInMemory, type Database as Store } from '../../sandbox/store/database.ts'
import { createApiKey } from '../../server/api-keys/create-api-key.ts'
import { systemRandom } from '../../server/kernel/ids.ts'
import { readSettings, type Settings } from '../../server/settings.ts'
import {
  beginning_ms,
  createSimulatedClock,
  setSimulatedTime,
  simulatedTime,
  type SimulatedClock,
} from './clock.ts'
import { openLines, type Lines } from './database.ts'
import { createInvariants, type Invariants } from './invariants.ts'
import type { ShopProcess, Stage } from './shop-process.ts'

/**
 * What several runs of a simulation share, since creating it is slow: UnionPay's keys, the
 * database, the merchant's API key.
 */
export type Environment = {
  clock: SimulatedClock
  unionpay: FastifyInstance
  parts: Parts
  store: Store
  lines: Lines
  settings: Settings
  secret: string
  invariants: Invariants
  /** the two processes, as the previous run left them */
  processes: (ShopProcess | null)[]
  stage: Stage
  /** Resets everything; keys, schema and API key stay. */
  empty(): Promise<void>
  close(): Promise<void>
}

const kept_tables = [
  'deployment',
  'api_keys',
  'charge_profiles',
  'schema_versions',
  'event_feed',
  'business_clock',
  'simulated_clock',
]

/** `template`: a migrated database on the server of `connection`. */
export async function openEnvironment(
  connection: ClientConfig,
  template: string,
): Promise<Environment> {
  const folder = mkdtempSync(join(tmpdir(), 'wugan-simulation-'))
  const clock = createSimulatedClock()
  const store = openInMemory()
  const sandbox = readSandboxSettings({
    SANDBOX_DATA_DIR: folder,
    SANDBOX_NOTICE_URL: 'http://shop.example/notify/termination',
  })
  if ('problems' in sandbox) throw new Error(sandbox.problems.join(' '))
  const parts = createParts(sandbox.settings, { database: store, nowMs: clock.nowMs })
  const unionpay = await buildDoors(sandbox.settings, parts)
  await unionpay.ready()
  const name = `simulation_${randomBytes(6).toString('hex')}`
  await makeDatabase(connection, name, template)
  const lines = await openLines({ ...connection, database: name })
  const { secret } = await createApiKey(lines.look, clock, systemRandom, {
    name: 'simulation',
    verbs: ['read', 'sign', 'charge', 'refund', 'terminate', 'resolve'],
    plan_ids: [],
  })
  const tables = await listTables(lines.look)
  return {
    clock,
    unionpay,
    parts,
    store,
    lines,
    secret,
    settings: settingsOf(folder, parts),
    invariants: createInvariants(lines.look),
    processes: [null, null],
    stage: {} as Stage,
    async empty() {
      clock.set(beginning_ms)
      parts.reset()
      await lines.look.query(
        `set session_replication_role = replica; ${tables.map((table) => `delete from ${table}`).join('; ')}`,
      )
      await lines.look.query(setSimulatedTime, [beginning_ms])
    },
    async close() {
      await unionpay.close()
      await lines.close()
      await inPostgres(connection, [`drop database if exists ${name} with (force)`])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function makeDatabase(
  connection: ClientConfig,
  name: string,
  template: string,
): Promise<void> {
  await inPostgres(connection, [`create database ${name} template ${template}`])
  await inPostgres({ ...connection, database: name }, simulatedTime(name))
}

async function inPostgres(connection: ClientConfig, statements: string[]): Promise<void> {
  const client = new pg.Client({ database: 'postgres', ...connection })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

async function listTables(look: pg.Client): Promise<string[]> {
  const { rows } = await look.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  return rows.map(({ name }) => name).filter((name) => !kept_tables.includes(name))
}

function settingsOf(folder: string, { settings, notice_keys }: Parts): Settings {
  const acp = join(folder, 'acp')
  writeFileSync(join(folder, 'notice.pem'), notice_keys.public_pem)
  return readSettings({
    PUBLIC_URL: 'http://shop.internal',
    DATA_DIR: folder,
    UNIONPAY_OPEN_URL: 'http://unionpay.example',
    UNIONPAY_GATEWAY_URL: 'http://unionpay.example',
    UNIONPAY_FILE_URL: 'http://unionpay.example',
    MERCHANT_FEES: `${settings.merchants[0]}:38`,
    UNIONPAY_NOTICE_KEY_FILES: join(folder, 'notice.pem'),
    ACP_MERCHANTS: `${settings.merchants[0]}:${join(acp, `merchant-${settings.merchants[0]}.pfx`)}`,
    ACP_ROOT_FILES: join(acp, 'acp_root.pem'),
    ACP_MIDDLE_FILES: join(acp, 'acp_middle.pem'),
    ACP_SECURE_KEY_FILE: join(acp, 'secure-key'),
    CHARGE_WAIT_MS: '30000',
    SWEEP_HOURS: '12',
    DEBIT_NOTICE_RULE: 'refuse',
    QUERIES_PER_MINUTE: '6000',
    RATE_LIMIT_API: '1000000',
    RATE_LIMIT_LOGIN: '100000',
    RATE_LIMIT_SIGNING: '100000',
    LOG_LEVEL: 'silent',
  })
}

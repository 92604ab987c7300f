import pg from 'pg'
import type { Settings } from '../../../server/settings.ts'
import { requireDurable } from '../../../server/storage/durability.ts'
import { hasPlace } from '../../../server/storage/embedded-place.ts'
import {
  fail,
  lack,
  ok,
  sentenceOf,
  warn,
  type Check,
} from '../../../server/offline-checks/check.ts'

const oldest = 140_000

/** The database, and the people and systems it knows. Only reads; never migrates. */
export async function checkStorage(settings: Settings): Promise<Check[]> {
  if (settings.database_url === null) {
    const { data_dir } = settings
    return [
      hasPlace(data_dir)
        ? ok('storage', `the embedded database is in ${data_dir}`)
        : warn(
            'storage',
            `there is no database in ${data_dir}`,
            'start the server once: it makes one; where it has started, set DATA_DIR to its folder',
          ),
      lack(
        false,
        'storage',
        'the embedded database: one machine, one server process',
        'set DATABASE_URL to a PostgreSQL that somebody backs up',
      ),
    ]
  }
  const client = new pg.Client({
    connectionString: settings.database_url,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 5_000,
  })
  client.on('error', () => {}) // a lost connection fails the query under way, which says so below
  try {
    await client.connect()
    return await look(client)
  } catch (error) {
    return [
      fail(
        'storage',
        `DATABASE_URL: ${sentenceOf(error)}`,
        'check its address, user, password and name',
      ),
    ]
  } finally {
    await client.end().catch(() => {})
  }
}

async function look(client: pg.Client): Promise<Check[]> {
  const {
    rows: [about],
  } = await client.query<{ version: number; made: boolean }>(
    `select current_setting('server_version_num')::int as version, to_regclass('operators') is not null as made`,
  )
  const version = about?.version ?? 0
  const checks = [
    version >= oldest
      ? ok('storage', `PostgreSQL ${Math.floor(version / 10_000)}`)
      : fail(
          'storage',
          `PostgreSQL ${Math.floor(version / 10_000)}`,
          'PostgreSQL 14 or later is needed',
        ),
  ]
  checks.push(
    await requireDurable(client).then(
      () => ok('storage', 'it keeps what it committed'),
      (error: Error) => fail('storage', error.message, 'the server does not start with it'),
    ),
  )
  if (!about?.made)
    return [
      ...checks,
      warn('storage', 'the tables are not made yet', 'start the server once: it makes them'),
    ]
  const {
    rows: [counted],
  } = await client.query<{ operators: number; keys: number }>(
    `select (select count(*)::int from operators where disabled_at is null and role <> 'viewer') as operators, (select count(*)::int from api_keys where revoked_at is null) as keys`,
  )
  const { operators = 0, keys = 0 } = counted ?? {}
  checks.push(
    operators >= 2
      ? ok('storage', `${operators} operators may act`)
      : warn(
          'storage',
          `${operators} operator(s) may act: two persons are needed for large refunds`,
          'npx wugan operator create NAME --role operator',
        ),
  )
  checks.push(
    keys > 0
      ? ok('storage', `${keys} API key(s) in use`)
      : warn(
          'storage',
          'no API key: none of your systems can charge',
          'npx wugan key create --name shop --verbs read,charge,refund',
        ),
  )
  return checks
}

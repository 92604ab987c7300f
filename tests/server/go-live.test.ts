import { expect, onTestFinished, test } from 'vitest'
import { checkGoLive } from '../../commands/parts/go-live/run.ts'
import { databaseAddress } from '../support/database.ts'
import { createOperator } from '../support/operator.ts'
import { startWorld } from '../support/world.ts'

test('doctor go-live, beside a running server: its addresses answer, the clocks agree, and it lists the operators', async () => {
  const world = await startWorld({ jobs: false })
  onTestFinished(() => world.stop())
  await createOperator(world.url, world.database, 'anna', 'operator')
  await world.key(['read'])
  await world.sandbox.control.advance(3_600_000)
  const { connection } = databaseAddress()
  const {
    host = '',
    port,
    user = '',
    password = '',
  } = connection as { host?: string; port?: number; user?: string; password?: string }
  const database = world.database.pool.options as { database?: string; connectionString?: string }
  const url =
    database.connectionString ??
    `postgres://${user}:${encodeURIComponent(password)}@localhost:${port}/${database.database}?host=${encodeURIComponent(host)}`
  const checks = await checkGoLive({
    PUBLIC_URL: world.url,
    PORT: new URL(world.url).port,
    SANDBOX_PORT: new URL(world.sandbox.url).port,
    DATA_DIR: world.settings.data_dir,
    DATABASE_URL: url,
  })
  const lines = checks.map(({ state, what }) => `${state} ${what}`).join('\n')
  for (const expected of [
    `ok ${world.url}/health/ready answers`,
    `ok ${world.url}/notify/termination refuses what is not signed`,
    /ok this machine is \d s/,
    "ok the sandbox's clock is 3600 s ahead",
    /ok PostgreSQL \d+/,
    'warn 1 operator(s) may act',
    'ok 1 API key(s) in use',
  ])
    expect(lines).toMatch(expected)
})

import { execFile, spawn } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../server/app.ts'
import { listAudit } from '../../server/audit/store.ts'
import { systemRandom } from '../../server/kernel/ids.ts'
import { openCipher } from '../../server/storage/deployment.ts'
import { ringOf } from '../../server/storage/key-ring.ts'
import { resealColumn, sealed_columns } from '../../server/storage/reseal.ts'
import { createMerchant, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { freePort, startServer } from '../support/world.ts'

/**
 * Changes a data key while two servers work: first both learn the new key, then one seals with it,
 * then the other follows.
 */
const [old_key, new_key] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
let world: ChargingWorld
beforeAll(async () => {
  world = await startChargingWorld({
    own_database: true,
    jobs: true,
    env: {
      DATA_KEY: old_key.toString('hex'),
      DATA_KEY_ID: 'k1',
      DATA_KEY_SECOND: new_key.toString('hex'),
      DATA_KEY_SECOND_ID: 'k2',
    },
  })
})
afterAll(async () => world.stop())

const only = (id: string, bytes: Buffer) => ({
  ...world.settings,
  data_key: bytes,
  data_key_id: id,
  data_key_second: null,
})
const swapped = () => ({
  ...only('k2', new_key),
  data_key_second: old_key,
  data_key_second_id: 'k1',
})

async function beside<T>(
  settings: typeof world.settings,
  work: (url: string, app: App) => Promise<T>,
): Promise<T> {
  const port = await freePort()
  const app = await startServer({ ...settings, port }, world.database, world.logger, false)
  try {
    return await work(`http://localhost:${port}`, app)
  } finally {
    await app.close()
  }
}

const env = () => ({
  PATH: process.env.PATH ?? '',
  DATA_DIR: world.settings.data_dir,
  DATA_KEY: new_key.toString('hex'),
  DATA_KEY_ID: 'k2',
  DATA_KEY_SECOND: old_key.toString('hex'),
  DATA_KEY_SECOND_ID: 'k1',
})
const type = (more: Record<string, string> = {}): Promise<{ code: number; said: string }> =>
  new Promise(
    (resolve) =>
      void execFile(
        process.execPath,
        ['commands/reseal.ts', '--author', 'mei'],
        { env: { ...env(), ...more } },
        (error, stdout, stderr) =>
          resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
      ),
  )

/** The number of values that each key sealed. */
async function sealedBy(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { table, column } of sealed_columns) {
    const { rows } = await world.database.pool.query<{ id: string; count: number }>(
      `select split_part(${column}, ':', 1) as id, count(*)::int as count from ${table} where ${column} <> '' group by 1`,
    )
    for (const { id, count } of rows) counts[id] = (counts[id] ?? 0) + count
  }
  return counts
}

test('every sealed column of the schema is on the list', async () => {
  const { rows } = await world.database.pool.query<{ name: string }>(
    `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public' and column_name ~ 'sealed$' order by 1`,
  )
  expect(rows.map(({ name }) => name)).toEqual(
    sealed_columns.map(({ table, column }) => `${table}.${column}`).toSorted(),
  )
})

test('a data key is changed while payers sign, are charged and are notified: nothing is refused, and the old key is no longer needed', async () => {
  const { payer, contract, want } = await world.signed()
  expect(Object.keys(await sealedBy())).toEqual(['k1'])
  await expect(beside(only('k2', new_key), async () => {})).rejects.toThrow(/DATA_KEY_SECOND/)
  const own = await beside(swapped(), async (url) => {
    const merchant = createMerchant(url, world.merchant_secret)
    // the new server unseals what the old one sealed, and the other way round
    await merchant.settled((await merchant.charge(want(100))).order_id)
    const other = await world.signed()
    await merchant.settled((await merchant.charge(other.want(100))).order_id)

    // interrupted in the middle, as by kill -9, and started again, while both charge
    const child = spawn(process.execPath, ['commands/reseal.ts', '--author', 'mei'], {
      env: env(),
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await new Promise<void>((resolve) => void child.stdout.once('data', () => resolve()))
    child.kill('SIGKILL')
    const [{ code, said }, ...charges] = await Promise.all([
      type(),
      ...[merchant, world.merchant, merchant, world.merchant].map((one) => one.charge(want(110))),
    ])
    expect(said).toContain('DATA_KEY_SECOND is needed no more')
    expect(code).toBe(0)
    for (const { order_id } of charges)
      expect(await merchant.settled(order_id)).toMatchObject({ state: 'succeeded' })
    return other
  })
  // notifications that the server with the old key received meanwhile
  expect((await type()).code).toBe(0)
  expect(Object.keys(await sealedBy())).toEqual(['k2'])
  expect((await listAudit(world.database.pool, 'k2', null, 5))[0]).toMatchObject({
    author: 'mei',
    action: 'data_key.resealed',
  })

  await expect(beside(only('k1', old_key), async () => {})).rejects.toThrow(/DATA_KEY/)
  await beside(only('k2', new_key), async (url) => {
    const merchant = createMerchant(url, world.merchant_secret)
    for (const body of [want(120), own.want(120)])
      await merchant.settled((await merchant.charge(body)).order_id)
    // the wallet and its contract are found by their unchanged digests: nobody is signed twice
    expect(await payer.call('GET', '/api/contracts')).toMatchObject({
      contracts: [{ id: contract, state: 'active' }],
    })
  })
  expect(
    (
      await world.database.pool.query(
        `select count(*)::int as count, count(distinct user_ref)::int as users from wallets`,
      )
    ).rows[0],
  ).toEqual({ count: 2, users: 2 })
})

test("a value that changes while it is resealed keeps its writer's content", async () => {
  await world.signedIn()
  const cipher = await openCipher(
    world.database.pool,
    ringOf(swapped(), systemRandom),
    systemRandom,
  )
  const { pool } = world.database
  const {
    rows: [row],
  } = await pool.query<{ id: string; open_id_sealed: string }>(
    `select id, open_id_sealed from wallets order by id desc limit 1`,
  )
  const old = await openCipher(
    pool,
    ringOf(
      {
        ...swapped(),
        data_key: old_key,
        data_key_id: 'k1',
        data_key_second: new_key,
        data_key_second_id: 'k2',
      },
      systemRandom,
    ),
    systemRandom,
  )
  await pool.query(`update wallets set open_id_sealed = $2 where id = $1`, [
    row?.id,
    old.seal('read before it is resealed'),
  ])
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(`update wallets set open_id_sealed = $2 where id = $1`, [
      row?.id,
      row?.open_id_sealed,
    ])
    const sealing = resealColumn(pool, cipher, 'k2', sealed_columns[0])
    await expect
      .poll(
        async () =>
          (
            await pool.query(
              `select from pg_stat_activity where wait_event_type = 'Lock' and query like 'update wallets%'`,
            )
          ).rowCount,
      )
      .toBe(1)
    await client.query('commit')
    await sealing
  } finally {
    client.release()
  }
  expect(
    (
      await pool.query<{ open_id_sealed: string }>(
        `select open_id_sealed from wallets where id = $1`,
        [row?.id],
      )
    ).rows[0]?.open_id_sealed,
  ).toBe(row?.open_id_sealed)
})

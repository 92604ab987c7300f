import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { appendFile, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pack, unpack } from '../../commands/parts/backup/archive.ts'
import type { ChargeDetailView } from '../../server/api.ts'
import { systemRandom } from '../../server/kernel/ids.ts'
import { openCipher } from '../../server/storage/deployment.ts'
import { ringOf } from '../../server/storage/key-ring.ts'
import { startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { openOwnDatabase } from '../support/database.ts'
import { freePort, startServer } from '../support/world.ts'

let world: ChargingWorld
let folder: string
let file: string
beforeAll(async () => {
  world = await startChargingWorld({ own_database: true })
  folder = await mkdtemp(join(tmpdir(), 'wugan-backup-'))
  file = join(folder, 'morning.backup')
})
afterAll(async () => {
  await world.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Runs the command as it is typed: its output, or its error. */
const type = (
  command: 'backup' | 'restore',
  data_dir: string,
  of = file,
  env: Record<string, string> = {},
): Promise<{ said: string; failed: boolean }> =>
  promisify(execFile)(process.execPath, [`commands/${command}.ts`, of, '--author', 'carl'], {
    env: { PATH: process.env.PATH, DATA_DIR: data_dir, ...env },
  }).then(
    ({ stdout }) => ({ said: stdout, failed: false }),
    (error: { stderr: string }) => ({ said: error.stderr, failed: true }),
  )

test('payments before the backup exist after the restore, and their contract number can be unsealed; later ones do not exist', async () => {
  const { charge } = await world.paid(350)
  const [saving, meanwhile] = await Promise.all([
    type('backup', world.settings.data_dir),
    world.paid(120),
  ])
  expect(saving).toMatchObject({
    failed: false,
    said: expect.stringContaining('the embedded database') as string,
  })
  expect(meanwhile.charge.state).toBe('succeeded')
  const later = await world.paid(220)
  const key = await world.key(['read'])

  const data_dir = join(folder, 'restored')
  expect(await type('restore', data_dir)).toMatchObject({
    failed: false,
    said: expect.stringMatching(/restored .* contracts, \d+ charges/) as string,
  })
  const restored = await openOwnDatabase(data_dir)
  const port = await freePort()
  const app = await startServer(
    { ...world.settings, data_dir, port },
    restored.database,
    world.logger,
    false,
  )
  try {
    const merchant_key = world.merchant_secret
    const read = (order_id: string, secret: string) =>
      fetch(`http://localhost:${port}/v1/charges/${order_id}`, {
        headers: { authorization: `Bearer ${secret}` },
      })
    expect(
      (await (await read(charge.order_id, merchant_key)).json()) as ChargeDetailView,
    ).toMatchObject({ state: 'succeeded', amount_fen: 350 })
    expect((await read(later.charge.order_id, merchant_key)).status).toBe(404)
    // a feed reader that was ahead of the backup continues at its position
    const {
      rows: [feed],
    } = await world.database.pool.query<{ last_position: number }>(
      'select last_position from event_feed',
    )
    const events = await fetch(`http://localhost:${port}/v1/events?after=${feed?.last_position}`, {
      headers: { authorization: `Bearer ${merchant_key}` },
    })
    expect(await events.json()).toMatchObject({ events: [], has_more: false })
    expect((await read(charge.order_id, key)).status).toBe(401)
    const trail = async (of: typeof restored.database) =>
      (
        await of.pool.query<{ line: string }>(
          `select author || ' ' || action as line from audit_trail where subject = 'database' order by seq`,
        )
      ).rows.map(({ line }) => line)
    expect([await trail(world.database), await trail(restored.database)]).toEqual([
      ['carl database.backup'],
      ['carl database.backup', 'carl database.restore'],
    ])
    const sealed = async (of: typeof restored.database) =>
      (
        await of.pool.query<{ contract_id_sealed: string }>(
          `select c.contract_id_sealed from contracts c join charges h on h.contract_ref = c.id where h.order_id = $1`,
          [charge.order_id],
        )
      ).rows[0]?.contract_id_sealed ?? ''
    const open = async (dir: string, of: typeof restored.database) =>
      (
        await openCipher(
          of.pool,
          ringOf({ ...world.settings, data_dir: dir }, systemRandom),
          systemRandom,
        )
      ).open(await sealed(of))
    expect(await open(data_dir, restored.database)).toBe(
      await open(world.settings.data_dir, world.database),
    )
  } finally {
    await app.close()
    await restored.drop()
  }
})

test('neither command overwrites anything', async () => {
  expect(await type('backup', world.settings.data_dir)).toMatchObject({
    failed: true,
    said: expect.stringContaining('is there already') as string,
  })
  const full = join(folder, 'full')
  await mkdir(full)
  await writeFile(join(full, 'mine'), 'mine')
  expect(await type('restore', full)).toMatchObject({
    failed: true,
    said: expect.stringContaining('is not empty') as string,
  })
  expect(await readdir(full)).toEqual(['mine'])
})

test('a damaged backup and another data key restore nothing', async () => {
  const target = join(folder, 'nothing')
  const inside = join(folder, 'inside')
  await mkdir(inside)
  await unpack(file, inside)
  await appendFile(join(inside, 'postgres', 'cluster', 'global', 'pg_control'), 'x')
  const changed = join(folder, 'changed.backup')
  await pack(inside, changed)
  expect(await type('restore', target, changed)).toMatchObject({
    failed: true,
    said: expect.stringContaining('pg_control is not what was saved') as string,
  })
  const cut = join(folder, 'cut.backup')
  await cp(file, cut)
  await promisify(execFile)('truncate', ['-s', '-1000', cut])
  expect(await type('restore', target, cut)).toMatchObject({
    failed: true,
    said: expect.stringContaining('damaged') as string,
  })
  expect(await type('restore', target, file, { DATA_KEY: 'ab'.repeat(32) })).toMatchObject({
    failed: true,
    said: expect.stringContaining('DATA_KEY') as string,
  })
  expect(existsSync(target)).toBe(false)
})

test('a folder without a database is not backed up as an empty one', async () => {
  const empty = join(folder, 'empty')
  expect(await type('backup', empty, join(folder, 'empty.backup'))).toMatchObject({
    failed: true,
    said: expect.stringContaining('There is no database') as string,
  })
  expect(existsSync(empty)).toBe(false)
})

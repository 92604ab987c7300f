import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../../server/storage/migrate.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

/** The migrations as version 0.1 had them. */
const last_of_0_1 = 18

let made: TestDatabase
beforeAll(async () => {
  made = await createTestDatabase()
  await made.database.pool.query('drop schema public cascade; create schema public')
  const folder = await mkdtemp(join(tmpdir(), 'wugan-migrations-'))
  const ours = join(import.meta.dirname, '../../server/storage/migrations')
  for (const name of await readdir(ours))
    if (Number(name.slice(0, 4)) <= last_of_0_1) await cp(join(ours, name), join(folder, name))
  await migrate(made.database.pool, folder)
  await rm(folder, { recursive: true })
})
afterAll(() => made.drop())

/** Rows as the program of 0.1 writes them; without the contract they belong to. */
async function writeOldRows(): Promise<void> {
  const client = await made.database.pool.connect()
  try {
    await client.query(`set session_replication_role = replica`)
    await client.query(
      `insert into charges (order_id, contract_ref, plan_id, merchant_no, merchant_order_no, amount_fen, description, txn_time, accepted_on, profile_digest, state, reason, waits_for)
       values ('OPEN', 'c', 'p', 'm', '1', 100, '', '20261130000000', '2026-11-30', 'd', 'pending', null, 'person'),
              ('DECIDED', 'c', 'p', 'm', '2', 100, '', '20261130000000', '2026-11-30', 'd', 'failed', 'decided_by_person', null),
              ('QUERIED', 'c', 'p', 'm', '3', 100, '', '20261130000000', '2026-11-30', 'd', 'pending', null, 'notification')`,
    )
    await client.query(
      `insert into refunds (order_id, charge_ref, kind, merchant_no, amount_fen, description, txn_time, profile_digest, waits_for)
       values ('REFUND', 'DECIDED', 'refund', 'm', 100, '', '20261130000000', 'd', 'person')`,
    )
    await client.query(
      `insert into order_history (order_id, from_state, to_state, source, reason)
       values ('DECIDED', 'pending', 'failed', 'person', 'decided_by_person'), ('DECIDED', null, 'pending', 'merchant', null)`,
    )
  } finally {
    client.release(true)
  }
}

const read = async (sql: string): Promise<unknown[]> =>
  (await made.database.pool.query<Record<string, unknown>>(sql)).rows

test('the upgrade to 0.2 renames what waits for an operator and what operators decided, and translates what a process of 0.1 still writes', async () => {
  await writeOldRows()
  await migrate(made.database.pool)
  expect(await read(`select order_id, reason, waits_for from charges order by order_id`)).toEqual([
    { order_id: 'DECIDED', reason: 'decided_by_operator', waits_for: null },
    { order_id: 'OPEN', reason: null, waits_for: 'manual_review' },
    { order_id: 'QUERIED', reason: null, waits_for: 'notification' },
  ])
  expect(await read('select waits_for from refunds')).toEqual([{ waits_for: 'manual_review' }])

  for (const table of ['charges', 'refunds'])
    await made.database.pool.query(
      `update ${table} set state = 'pending', reason = 'decided_by_person', waits_for = 'person'`,
    )
  await made.database.pool.query(
    `insert into order_history (order_id, to_state, source, reason) values ('OPEN', 'failed', 'person', 'decided_by_person')`,
  )
  for (const table of ['charges', 'refunds'])
    expect(await read(`select distinct reason, waits_for from ${table}`)).toEqual([
      { reason: 'decided_by_operator', waits_for: 'manual_review' },
    ])
  expect(await read('select source, reason from order_history order by seq')).toEqual([
    { source: 'operator', reason: 'decided_by_operator' },
    { source: 'merchant', reason: null },
    { source: 'operator', reason: 'decided_by_operator' },
  ])
})

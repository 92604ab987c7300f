import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimChecks, claimSweep } from '../../server/contracts/store-due.ts'
import { systemRandom } from '../../server/kernel/ids.ts'
import { createCipher, digestKeyOf } from '../../server/storage/cipher.ts'
import { createTokenStore } from '../../server/unionpay/token-store.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let made: TestDatabase
beforeAll(async () => {
  made = await createTestDatabase()
})
afterAll(() => made.drop())

async function insertContract(id: string): Promise<void> {
  await made.database.pool.query(`insert into users (id, user_id, origin) values ($1, $1, 'sdk')`, [
    id,
  ])
  await made.database.pool.query(
    `insert into contracts (id, user_ref, plan_id, contract_code, signed_through, state, expires_at, check_due_at, sweep_due_at)
     values ($1, $1, 'plan', $1, 'sdk', 'active', business_now(), business_now(), business_now())`,
    [id],
  )
}

test('a row that a job has claimed cannot be claimed by others for five minutes, then it is due again', async () => {
  await insertContract('01AAAAAAAAAAAAAAAAAAAAAAAA')
  const { pool } = made.database
  for (const [claim, column] of [
    [claimChecks, 'check_due_at'],
    [claimSweep, 'sweep_due_at'],
  ] as const) {
    expect((await claim(pool, 10)).map(({ id }) => id)).toEqual(['01AAAAAAAAAAAAAAAAAAAAAAAA'])
    expect(await claim(pool, 10)).toEqual([])
    const { rows } = await pool.query<{ in_s: number }>(
      `select extract(epoch from ${column} - business_now())::int as in_s from contracts`,
    )
    expect(rows[0]?.in_s).toBeGreaterThan(290)
    expect(rows[0]?.in_s).toBeLessThanOrEqual(300)
  }
})

test('after a failed token request no process sends another for 2, 4, 8 … seconds; a success ends the delay', async () => {
  const { pool } = made.database
  const key = { id: 'k1', bytes: randomBytes(32) }
  const tokens = createTokenStore(pool, createCipher([key], digestKeyOf(key), systemRandom), 15)
  const pause = async (): Promise<number> =>
    (
      await pool.query<{ s: number }>(
        `select extract(epoch from leased_until - now())::float8 as s from shared_tokens where name = 'backendToken'`,
      )
    ).rows[0]?.s ?? 0
  for (const seconds of [2, 4, 8]) {
    expect(await tokens.takeLease('backendToken', `lease-${seconds}`, null)).toBe('ours')
    expect(await tokens.takeLease('backendToken', 'other', null)).toBe('others')
    await tokens.giveUpLease('backendToken', `lease-${seconds}`)
    expect(await tokens.takeLease('backendToken', 'other', null)).toBe('failing')
    expect(await pause()).toBeGreaterThan(seconds - 1)
    expect(await pause()).toBeLessThanOrEqual(seconds)
    await pool.query(`update shared_tokens set leased_until = now() - interval '1 second'`)
  }
  expect(await tokens.takeLease('backendToken', 'last', null)).toBe('ours')
  await tokens.keep('backendToken', 'last', 'token', 7_200)
  expect(
    (await pool.query<{ failures: number }>('select failures from shared_tokens')).rows,
  ).toEqual([{ failures: 0 }])
})

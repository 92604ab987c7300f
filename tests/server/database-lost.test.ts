import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMerchant } from '../support/charging.ts'
import { until } from '../support/until.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
let secret: string
beforeAll(async () => {
  world = await startWorld({ jobs: false })
  secret = await world.key(['read'])
})
afterAll(() => world.stop())

const list = (): Promise<Response> =>
  fetch(`${world.url}/v1/charges`, { headers: { authorization: `Bearer ${secret}` } })

/** No other transaction reads this table meanwhile. */
async function holding(table: string, work: () => Promise<void>): Promise<void> {
  const holder = await world.database.pool.connect()
  try {
    await holder.query(`begin; lock table ${table} in access exclusive mode`)
    await work()
  } finally {
    holder.release(true)
  }
}

const waiting = `from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
const count = async (query: string): Promise<number> =>
  (await world.database.pool.query(query)).rowCount ?? 0
/** Terminates the connections that wait for the holder; returns how many there were. */
const endWaiting = (): Promise<number> => count(`select pg_terminate_backend(pid) ${waiting}`)

test('a connection lost while the key is looked up does not fail the request: another one is used', async () => {
  let asked: Promise<Response> | undefined
  await holding('api_keys', async () => {
    asked = list()
    await until('the look-up waits', async () => (await endWaiting()) === 1)
    await until('it is asked again', async () => (await count(`select ${waiting}`)) === 1)
  })
  expect((await asked)?.status).toBe(200)
})

test('a connection lost for good is no internal error: the request may be sent again', async () => {
  await holding('charges', async () => {
    const asked = list()
    await until('the list waits', async () => (await endWaiting()) === 1)
    const answer = await asked
    expect([answer.status, await answer.json()]).toEqual([
      503,
      expect.objectContaining({
        code: 'database_lost',
        what_to_do: expect.stringContaining('same Idempotency-Key') as string,
      }),
    ])
    expect(world.log.find((line) => line.includes('request failed'))).toContain(
      '"code":"database_lost"',
    )
  })
  await expect(createMerchant(world.url, secret).list()).resolves.toMatchObject({ charges: [] })
})

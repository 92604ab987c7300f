import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chargeJobs } from '../../server/charges/jobs.ts'
import { builtInProfiles } from '../../server/unionpay/gateway/profile/built-in.ts'
import { startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { until } from '../support/until.ts'

/**
 * A message needs database lookups before it is sent: the wallet's open_id, the profile of an older
 * charge.
 */
const profile = {
  ...builtInProfiles[0],
  name: 'with-open-id',
  fields: { ...builtInProfiles[0]?.fields, reqReserved: '{open_id}' },
  values: { ...builtInProfiles[0]?.values, open_id: { from: 'contract', pattern: '^.+$' } },
}

let folder: string
let world: ChargingWorld
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wugan-profile-'))
  const file = join(folder, 'profiles.json')
  await writeFile(file, JSON.stringify(profile))
  world = await startChargingWorld({
    jobs: false,
    env: { CHARGE_PROFILE: profile.name, CHARGE_PROFILES_FILE: file },
  })
})
afterAll(async () => {
  await world.stop()
  await rm(folder, { recursive: true })
})

/**
 * Runs `work`, whose lookup in a table takes this much business time; `meanwhile` happens once it
 * waits.
 */
async function looking<Result>(
  table: string,
  ms: number,
  work: () => Promise<Result>,
  meanwhile: () => Promise<unknown> = async () => {},
): Promise<Result> {
  const { pool } = world.database
  const holder = await pool.connect()
  try {
    await holder.query(`begin; lock table ${table}`)
    const working = work()
    await until(
      `somebody waits for ${table}`,
      async () =>
        (
          await pool.query(
            `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like $1`,
            [`select%from ${table} where%`],
          )
        ).rows.length > 0,
    )
    await meanwhile()
    await world.advanceMeanwhile(ms)
    await holder.query('commit')
    return await working
  } finally {
    holder.release()
  }
}

/** The charge was made by a process that has ended, with a profile that this one never read. */
const madeWithAnother = (order_id: string): Promise<unknown> =>
  world.database.pool.query(
    `with other as (insert into charge_profiles (digest, name, body) select $1, name, body from charge_profiles limit 1)
   update charges set profile_digest = $1 where order_id = $1`,
    [order_id],
  )

const isAtUnionPay = async (order_id: string): Promise<boolean> =>
  (await world.gateway.ledger()).some((entry) => entry.order_id === order_id)

test.for([
  [9_000, 'succeeded', null],
  [11_000, 'failed', 'not_sent'],
] as const)('a charge whose open_id is known after %i ms: %s', async ([ms, state, reason]) => {
  const { want } = await world.signed()
  const { order_id } = await looking('wallets', ms, () => world.merchant.charge(want()))
  expect(await world.merchant.settled(order_id)).toMatchObject({ state, reason })
  expect(await isAtUnionPay(order_id)).toBe(state === 'succeeded')
})

test('a charge that was marked as leaving is sent although its contract ends while its open_id is looked up', async () => {
  const { want, contract } = await world.signed()
  const { order_id } = await looking(
    'wallets',
    2_000,
    () => world.merchant.charge(want()),
    () =>
      world.database.pool.query(`update contracts set state = 'terminating' where id = $1`, [
        contract,
      ]),
  )
  expect(await isAtUnionPay(order_id)).toBe(true)
  expect(await world.merchant.settled(order_id)).toMatchObject({ state: 'succeeded' })
})

test('a charge whose open_id cannot be read was never sent, and is not left in doubt', async () => {
  const { want, contract } = await world.signed()
  await world.database.pool.query(
    `update wallets set open_id_sealed = 'nonsense' where id = (select wallet_ref from contracts where id = $1)`,
    [contract],
  )
  const { order_id } = await world.merchant.charge(want())
  expect(await world.merchant.settled(order_id)).toMatchObject({
    state: 'failed',
    reason: 'not_sent',
  })
  expect(await isAtUnionPay(order_id)).toBe(false)
})

test.for([
  [1_000, 1],
  [3_000, 0],
] as const)(
  'a query whose profile is known after %i ms of its slot is sent %i times, and the next slot follows',
  async ([ms, queries]) => {
    const { want } = await world.signed()
    await world.gateway.addRule({
      match: { transaction: 'charge' },
      effect: { kind: 'plain', notice: 'never', book_after_ms: null },
      times: 1,
    })
    const { order_id } = await world.merchant.charge(want())
    await madeWithAnother(order_id)
    await world.advance(6 * 60_000)
    const ask = async (): Promise<void> => {
      for (const job of chargeJobs(world.app.charges)) await job.run(new AbortController().signal)
    }
    await looking('charge_profiles', ms, ask)
    expect(await world.gateway.order(order_id)).toMatchObject({ queries, violations: 0 })
    await world.advance(6 * 60_000)
    await ask()
    expect(await world.gateway.order(order_id)).toMatchObject({
      queries: queries + 1,
      violations: 0,
    })
  },
)

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorld, plan, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(async () => world.stop())

const asked = async (): Promise<number> => (await world.calls('backendToken')).length

test('two processes that start together request one token', async () => {
  const second = await world.secondServer()
  const payers = await Promise.all([world.payer(), world.payer(), world.payer(), world.payer()])
  const queries = await Promise.all(payers.map((payer) => payer.authorize()))
  await Promise.all(
    payers.map((payer, index) =>
      payer.call('POST', '/api/sign-in/return', { query: queries[index] }),
    ),
  )
  const before = await asked()
  expect(before).toBe(1)
  const contract = (await payers[0]?.sign(plan.vending))?.contract
  await fetch(`${second.url}/health/ready`)
  expect(contract?.state).toBe('active')
  expect(await asked()).toBe(1)
  await second.close()
})

test('a token that UnionPay calls invalid is replaced once, and the call is repeated', async () => {
  const payers = await Promise.all([world.signedIn(), world.signedIn(), world.signedIn()])
  const before = await asked()
  await world.control.addRule({
    interface: 'contract.apply',
    effect: { kind: 'resp', resp: 'a10' },
    times: 1,
  })
  for (const payer of payers) expect((await payer.sign(plan.vending)).state).toBe('succeeded')
  expect(await asked()).toBe(before + 1)
})

test('a token that another system invalidated is replaced for all processes with one request', async () => {
  const payers = await Promise.all([
    world.signedIn(),
    world.signedIn(),
    world.signedIn(),
    world.signedIn(),
  ])
  await world.database.pool.query(
    `update shared_tokens set sealed = $1, digest = $2 where name = 'backendToken'`,
    [
      world.app.contracts.cipher.seal('killedkilledkilledkilled'),
      world.app.contracts.cipher.digest('killedkilledkilledkilled'),
    ],
  )
  const before = await asked()
  const signed = await Promise.all(payers.map((payer) => payer.sign(plan.membership)))
  expect(signed.map((view) => view.state)).toEqual([
    'succeeded',
    'succeeded',
    'succeeded',
    'succeeded',
  ])
  expect(await asked()).toBe(before + 1)
})

test('an expired token is replaced', async () => {
  const payer = await world.signedIn()
  const before = await asked()
  await world.advance(3 * 3_600_000)
  expect((await payer.sign(plan.vending)).state).toBe('succeeded')
  expect(await asked()).toBe(before + 1)
})

test('the token lies sealed in storage', async () => {
  const { rows } = await world.database.pool.query<{ sealed: string }>(
    `select sealed from shared_tokens`,
  )
  expect(rows.length).toBeGreaterThan(0)
  for (const { sealed } of rows)
    expect(world.app.contracts.cipher.open(sealed).length).toBeGreaterThanOrEqual(16)
  for (const { sealed } of rows)
    expect(sealed).not.toContain(world.app.contracts.cipher.open(sealed))
})

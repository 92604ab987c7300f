import type { PoolClient } from 'pg'
import { setImmediate } from 'node:timers/promises'
import pino from 'pino'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createHttp } from '../../server/http.ts'
import { waitFor } from '../../server/storage/pool.ts'
import { createMerchant } from '../support/charging.ts'
import { until } from '../support/until.ts'
import { startWorld, type World } from '../support/world.ts'
import { timeLimit } from '../support/time-limits.ts'

let world: World
let secret: string
beforeAll(async () => {
  world = await startWorld({ jobs: false })
  secret = await world.key(['read'])
})
afterAll(() => world.stop())

const ask = (path: string): Promise<Response> =>
  fetch(`${world.url}${path}`, { headers: { authorization: `Bearer ${secret}` } })
const holdAll = (): Promise<PoolClient[]> =>
  Promise.all(Array.from({ length: 10 }, () => world.database.pool.connect()))

test('when no request makes progress, new ones are refused at once with a retry hint, and waiting ones are served later', async () => {
  const held = await holdAll()
  const waiting = Array.from({ length: 30 }, (_, place) =>
    world.database.pool.query('select $1::int as place', [place]),
  )
  await until('the queue is known to be long', () => waitFor(world.database.pool) > 1_000)
  const begun = performance.now()
  const refused = await ask('/v1/charges')
  expect(performance.now() - begun).toBeLessThan(timeLimit(1_000))
  expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
    503,
    '1',
    expect.objectContaining({ code: 'overloaded' }),
  ])
  expect((await ask('/api/session')).status).toBe(503)
  expect((await ask('/health/live')).status).toBe(200)
  const results = fetch(`${world.url}/notify/payment`, {
    method: 'POST',
    body: 'orderId=1',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect((await results).status).not.toBe(503)

  for (const client of held) client.release()
  expect(
    (await Promise.all(waiting)).map(({ rows }) => (rows as { place: number }[])[0]?.place),
  ).toEqual(waiting.map((_, place) => place))
  await expect(createMerchant(world.url, secret).list()).resolves.toMatchObject({ charges: [] })
})

test('many parallel requests that are served quickly are never refused', async () => {
  expect(waitFor(world.database.pool)).toBe(0)
  const answers = await Promise.all(Array.from({ length: 40 }, () => ask('/v1/charges')))
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
})

test('a blocked process refuses callers for a moment, and still accepts UnionPay and health checks', async () => {
  const http = await createHttp(world.settings, pino({ level: 'silent' }), {
    standstill_ms: 20,
  })
  onTestFinished(() => http.close())
  for (const path of ['/v1/asked', '/notify/told', '/health/live'] as const)
    http.post(path, () => ({}))
  const statusOf = async (url: string): Promise<number> =>
    (await http.inject({ method: 'POST', url })).statusCode
  const results = await until('callers are refused before and after', async () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600)
    await setImmediate()
    const [before, heard, live, after] = [
      await statusOf('/v1/asked'),
      await statusOf('/notify/told'),
      await statusOf('/health/live'),
      await statusOf('/v1/asked'),
    ]
    return before === 503 && after === 503 && [heard, live]
  })
  expect(results).toEqual([200, 200])
})

import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { template } from '../support/template.ts'
import { openEnvironment, type Environment } from './environment.ts'
import { planOf } from './plan.ts'
import { play } from './run.ts'
import { playSeeds } from './seeds.ts'
import { shrink, formatTrace } from './shrink.ts'
import { timeLimit } from '../support/time-limits.ts'

let environment: Environment
beforeAll(async () => {
  environment = await openEnvironment(inject('database_server').connection, template)
})
afterAll(() => environment.close())

/** Slows down every n-th statement of the processes by some seconds. */
function slowDown(nth: number, by_s: number) {
  type Query = (this: unknown, ...query: unknown[]) => Promise<unknown>
  const client = pg.Client.prototype as unknown as { query: Query }
  const { query } = client
  let count = 0
  return vi.spyOn(client, 'query').mockImplementation(function (this: unknown, ...args: unknown[]) {
    const isTheirs =
      this !== environment.lines.look &&
      typeof (args[0] as { submit?: unknown }).submit !== 'function'
    if (!isTheirs || ++count % nth > 0) return query.apply(this, args)
    return query.call(this, `select pg_sleep(${by_s})`).then(() => query.apply(this, args))
  })
}

test('seeds 1 to 40: no invariant is broken', { timeout: timeLimit(1_200_000) }, async () => {
  const {
    breaches: [found],
    faults,
    crashes,
  } = await playSeeds(environment, 1, 40)
  expect(found ? formatTrace(await shrink(environment, found)) : '').toBe('')
  expect(faults).toBeGreaterThan(40)
  expect(crashes).toBeGreaterThan(12)
})

test('a seed determines everything: two runs of it give the same trace', async () => {
  for (const seed of [7, 39, 75]) {
    const traceOf = async () => (await play(environment, planOf(seed))).trace
    expect(await traceOf()).toEqual(await traceOf())
  }
})

test(
  'a seed gives the same trace on a database that is slow now and then',
  { timeout: timeLimit(600_000) },
  async () => {
    for (const seed of [7, 39, 12]) {
      const { trace } = await play(environment, planOf(seed))
      const slow = slowDown(40, 0.4)
      try {
        expect((await play(environment, planOf(seed))).trace).toEqual(trace)
      } finally {
        slow.mockRestore()
      }
    }
  },
)

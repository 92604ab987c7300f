import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { template } from '../support/template.ts'
import { openEnvironment, type Environment } from './environment.ts'
import { playSeeds } from './seeds.ts'
import { shrink, formatTrace } from './shrink.ts'
import { timeLimit } from '../support/time-limits.ts'

let environment: Environment
beforeAll(async () => {
  environment = await openEnvironment(inject('database_server').connection, template)
})
afterAll(() => environment.close())

test('seeds 41 to 80: no invariant is broken', { timeout: timeLimit(1_200_000) }, async () => {
  const {
    breaches: [found],
  } = await playSeeds(environment, 41, 40)
  expect(found ? formatTrace(await shrink(environment, found)) : '').toBe('')
})

import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { template } from '../support/database-setup.ts'
import { openHouse, type House } from './house.ts'
import { playSeeds } from './seeds.ts'
import { shrink, tellStory } from './shrink.ts'
import { timeLimit } from '../support/time-limits.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(inject('database_server').connection, template)
})
afterAll(() => house.close())

test('seeds 61 to 120: no invariant is broken', { timeout: timeLimit(1_200_000) }, async () => {
  const {
    breaches: [found],
  } = await playSeeds(house, 61, 60)
  expect(found ? tellStory(await shrink(house, found)) : '').toBe('')
})

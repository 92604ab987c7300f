import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { template } from '../support/database-setup.ts'
import { openHouse, type House } from './house.ts'
import { planOf } from './plan.ts'
import { play } from './run.ts'
import { playSeeds } from './seeds.ts'
import { shrink, tellStory } from './shrink.ts'

let house: House
beforeAll(async () => { house = await openHouse(inject('database_server').connection, template) })
afterAll(() => house.close())

test('seeds 1 to 100: no invariant is broken', { timeout: 600_000 }, async () => {
  const { breaches: [found], faults, crashes } = await playSeeds(house, 1, 100)
  expect(found ? tellStory(await shrink(house, found)) : '').toBe('')
  expect(faults).toBeGreaterThan(100)
  expect(crashes).toBeGreaterThan(30)
})

test('a seed decides everything: played twice it tells the same story', { timeout: 120_000 }, async () => {
  for (const seed of [7, 39, 75]) {
    const told = async () => (await play(house, planOf(seed))).story
    expect(await told()).toEqual(await told())
  }
})

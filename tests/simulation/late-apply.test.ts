import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { template } from '../support/database-setup.ts'
import { openHouse, type House } from './house.ts'
import { planOf, type Action } from './plan.ts'
import { play } from './run.ts'

let house: House
beforeAll(async () => { house = await openHouse(inject('database_server').connection, template) })
afterAll(() => house.close())

/** Of the faults of the network, by its number: the request arrives a quarter of an hour after its sender gave up. */
const very_late = 48

test('an apply that UnionPay held until the attempt was given up ends in an active contract', { timeout: 60_000 }, async () => {
  const sign: Action = { kind: 'sign', process: 0, a: 0, b: 0, c: 0, faults: [], steps: null, chance: 1 }
  const told: string[] = []
  for (let gate = 10; gate < 40 && told.length === 0; gate++) {
    const { story, breach } = await play(house, { ...planOf(1), actions: [{ ...sign, faults: [[gate, very_late]] }] })
    expect(breach).toBeNull()
    told.push(...story.filter((line) => line.includes('contract.apply: late request')))
  }
  expect(told).toHaveLength(1)
  const { rows } = await house.lines.look.query('select from_state, to_state, source from contract_history order by seq')
  expect(rows.slice(1)).toEqual([{ from_state: 'applying', to_state: 'abandoned', source: 'info' }, { from_state: 'abandoned', to_state: 'active', source: 'info' }])
})

import { expect, test } from 'vitest'
import { catchFault } from './planted/catch-fault.ts'
import { problemOf } from './planted/copy.ts'
import { plantedFaults } from './planted/index.ts'

test('every mutation still applies to its source', () => {
  expect(plantedFaults.map(problemOf).filter((problem) => problem !== null)).toEqual([])
})

// All of them: npx wugan mutations. These three show at every run that the simulation is not blind.
test.for([
  'an order is settled without its row lock',
  'a synchronous 00 counts as paid',
  'a lost connection while committing counts as committed',
])('the mutation is caught: %s', { timeout: 240_000 }, (name) => {
  const fault = plantedFaults.find((one) => one.name === name)
  expect(fault).toBeDefined()
  expect(fault && catchFault(fault, 0)).toMatchObject({ caught: true })
})

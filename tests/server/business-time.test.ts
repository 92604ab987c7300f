import { afterAll, beforeAll, expect, test } from 'vitest'
import { instantOf } from '../../server/kernel/ids.ts'
import { startChargingWorld, type ChargingWorld } from '../support/charging.ts'

/**
 * Tests move business time with world.advance. Moving the sandbox's clock alone makes charges fail
 * as `not_sent`, rarely and without a fault.
 */
const ms = 360_000

let world: ChargingWorld
beforeAll(async () => {
  world = await startChargingWorld({ jobs: false })
})
afterAll(() => world.stop())

test('when business time has moved, every server numbers by it and the database reports it', async () => {
  const second = await world.secondServer()
  const { offset_ms } = await world.control.clock()
  await world.advance(ms)
  for (const { charges } of [world.app, second])
    expect(charges.clock.now().getTime() - Date.now()).toBeGreaterThan(offset_ms + ms - 60_000)
  await second.close()
  const { want } = await world.signed()
  const { order_id } = await world.merchant.charge(want(411))
  const { state, accepted_at } = await world.merchant.settled(order_id)
  expect(state).toBe('succeeded')
  expect(Math.abs(instantOf(order_id).getTime() - Date.parse(accepted_at))).toBeLessThan(60_000)
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderNo, startChargingWorld, type ChargingWorld } from '../support/charging.ts'

let world: ChargingWorld
beforeAll(async () => {
  world = await startChargingWorld({ jobs: false })
})
afterAll(() => world.stop())

test('the key of an order is stored for thirty days, and deleted after thirty-five', async () => {
  const { charge } = await world.paid(500)
  const [recent, old] = [orderNo(), orderNo()]
  const refund = (key: string) => world.merchant.refund(charge.order_id, 100, key)
  const [first, second] = [await refund(recent), await refund(old)]
  const age = (key: string, days: number) =>
    world.database.pool.query(
      `update idempotency_keys set used_at = business_now() - make_interval(days => $2) where key = $1`,
      [key, days],
    )
  await age(recent, 30)
  await age(old, 36)
  await world.app.jobs
    .find(({ name }) => name === 'delete-old-idempotency-keys')
    ?.run(new AbortController().signal)
  expect((await refund(recent)).order_id).toBe(first.order_id)
  expect((await refund(old)).order_id).not.toBe(second.order_id)
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { reviewPastOrders } from '../../server/charges/review-past-orders.ts'
import { createMerchant, startChargingWorld, type ChargingWorld } from '../support/charging.ts'

/** Orders that were paid twice before the product checked for it. */
let world: ChargingWorld
let person: ReturnType<typeof createMerchant>
beforeAll(async () => {
  world = await startChargingWorld({ jobs: false })
  person = createMerchant(world.url, await world.key(['read', 'resolve']))
})
afterAll(() => world.stop())

/**
 * Two charges of one order: the first was declined, and `found` paid by an operator later. No
 * review, as the earlier version left it.
 */
async function twoOf(amount_fen: number, found: 'paid' | 'not_paid') {
  const { want } = await world.signed()
  const effect = { kind: 'outcome', resp: '64' } as const
  await world.gateway.addRule({ match: { amount_fen }, effect, times: 1 })
  const wish = want(amount_fen)
  const first = (await world.merchant.charge(wish)).order_id
  await world.merchant.settled(first)
  const second = (await world.merchant.charge(wish)).order_id
  await world.merchant.settled(second)
  await world.gateway.probe({ order_id: first, resp_code: '00' })
  await person.call('POST', `/v1/charges/${first}/resolution`, {
    decision: found,
    author: '王会计',
  })
  await world.database.pool.query(
    'update charges set needs_review = false, review_reason = null where merchant_order_no = $1',
    [wish.merchant_order_no],
  )
  return { merchant_order_no: wish.merchant_order_no, order_ids: [first, second] }
}
const alarms: unknown[] = []
const look = (author: string | null) =>
  reviewPastOrders(
    {
      database: world.database,
      log: { ...world.app.charges.log, error: (line: unknown) => alarms.push(line) },
    },
    author,
  )
const reviewsOf = async (order_ids: string[]) =>
  Promise.all(order_ids.map(async (id) => (await world.merchant.read(id)).review_reason))
const marked = async (): Promise<number> =>
  (
    await world.database.pool.query(
      `select from order_history where source = 'job' and reason = 'paid_twice'`,
    )
  ).rowCount ?? 0

test('earlier orders that were paid twice are listed, then put in review once, and no others', async () => {
  const twice = await twoOf(891, 'paid')
  const once = await twoOf(892, 'not_paid')
  expect(await look(null)).toEqual([twice])
  expect([await reviewsOf(twice.order_ids), alarms, await marked()]).toEqual([[null, null], [], 0])

  expect(await look('carl')).toEqual([twice])
  expect(await reviewsOf(twice.order_ids)).toEqual(['paid_twice', 'paid_twice'])
  expect(await reviewsOf(once.order_ids)).toEqual([null, null])
  expect(alarms).toMatchObject(
    twice.order_ids.map((order_id) => ({ order_id, alarm: 'paid_twice' })),
  )

  expect(await look('carl')).toEqual([])
  expect([alarms.length, await marked()]).toEqual([2, 2])
  const { order_id } = await world.merchant.refund(twice.order_ids[1] ?? '', 891)
  await world.merchant.settledRefund(twice.order_ids[1] ?? '', order_id)
  expect(await reviewsOf(twice.order_ids)).toEqual([null, null])
  expect(await look('carl')).toEqual([])
})

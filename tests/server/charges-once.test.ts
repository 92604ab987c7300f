import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createMerchant,
  orderNo,
  refusal,
  startChargingWorld,
  type ChargingWorld,
} from '../support/charging.ts'
import { plan } from '../support/world.ts'

let world: ChargingWorld
beforeAll(async () => {
  world = await startChargingWorld()
})
afterAll(() => world.stop())

const booked = async (contract: string): Promise<number[]> => {
  const { rows } = await world.database.pool.query<{ order_id: string }>(
    'select order_id from charges where contract_ref = $1',
    [contract],
  )
  const ours = new Set(rows.map(({ order_id }) => order_id))
  return (await world.gateway.ledger())
    .filter(({ order_id }) => ours.has(order_id))
    .map(({ amount_fen }) => amount_fen)
}

describe('limits', () => {
  test('of one charge: the limit itself is allowed, one fen more is not', async () => {
    const { want } = await world.signed()
    expect(await refusal(world.merchant.send(want(5001)))).toBe('over_single_limit')
    expect((await world.merchant.send(want(5000))).status).toBe(201)
  })

  test('of the day: of many parallel charges exactly as many are accepted as the limit allows', async () => {
    const { payer, want, contract } = await world.signed()
    const results = await Promise.all(
      Array.from({ length: 24 }, () =>
        world.merchant.send(want(2000)).then(
          () => 'accepted',
          (error: { view: { code: string } }) => error.view.code,
        ),
      ),
    )
    expect(results.filter((one) => one === 'accepted')).toHaveLength(10)
    expect(results.filter((one) => one === 'over_daily_limit')).toHaveLength(14)
    expect((await payer.contract(contract)).used_today_fen).toBe(20_000)
    expect(await refusal(world.merchant.send(want(1)))).toBe('over_daily_limit')
  })

  test('a failed charge releases its part of the daily limit, a refund does not', async () => {
    const { payer, want, contract } = await world.signed(plan.membership)
    await world.gateway.addRule({
      match: { amount_fen: 1500 },
      effect: { kind: 'outcome', resp: '64' },
      times: 1,
    })
    await world.merchant.settled((await world.merchant.charge(want(1500))).order_id)
    const { order_id } = await world.merchant.charge(want(1500))
    expect(await world.merchant.settled(order_id)).toMatchObject({ state: 'succeeded' })
    await world.merchant.refund(order_id)
    expect((await payer.contract(contract)).used_today_fen).toBe(1500)
    expect(await refusal(world.merchant.send(want(1)))).toBe('over_daily_limit')
  })
})

describe('the same intent is the same charge', () => {
  test('a repeated request shows the charge as it stands now, with 200', async () => {
    const { want } = await world.signed()
    const [wish, key] = [want(), orderNo()]
    const first = await world.merchant.send(wish, key)
    await world.merchant.settled(first.view.order_id)
    const again = await world.merchant.send(
      Object.fromEntries(Object.entries(wish).toReversed()),
      key,
    )
    expect([first.status, again.status]).toEqual([201, 200])
    expect(again.view).toMatchObject({ order_id: first.view.order_id, state: 'succeeded' })
  })

  test('ten at once with one key charge once: the others receive that charge, or must wait', async () => {
    const { want, contract } = await world.signed()
    const [wish, key] = [want(), orderNo()]
    const results = await Promise.all(
      Array.from({ length: 10 }, () =>
        world.merchant.send(wish, key).then(
          ({ view }) => view.order_id,
          (error: { view: { code: string } }) => error.view.code,
        ),
      ),
    )
    const orders = new Set(results.filter((one) => one !== 'idempotency_key_busy'))
    expect(orders.size).toBe(1)
    await world.merchant.settled([...orders][0] ?? '')
    expect(await booked(contract)).toEqual([350])
  })

  test('another body under the key is refused, and another key owner has keys of their own', async () => {
    const { want } = await world.signed()
    const key = orderNo()
    const { view } = await world.merchant.send(want(), key)
    expect(await refusal(world.merchant.send(want(), key))).toBe('idempotency_key_reused')
    const other = createMerchant(world.url, await world.key(['charge']))
    expect((await other.send(want(), key)).view.order_id).not.toBe(view.order_id)
  })

  test('a key is required, in visible ASCII, at most 255 characters', async () => {
    const { want } = await world.signed()
    expect(await refusal(world.merchant.send(want(), null))).toBe('idempotency_key_missing')
    for (const key of ['has blank', 'x'.repeat(256)])
      expect(await refusal(world.merchant.send(want(), key))).toBe('idempotency_key_missing')
    expect((await world.merchant.send(want(), 'x'.repeat(255))).status).toBe(201)
  })

  test('the key of a refused charge may be used again; a charge outlives its contract under its key', async () => {
    const { payer, want, contract } = await world.signed()
    const key = orderNo()
    expect(await refusal(world.merchant.send(want(6000), key))).toBe('over_single_limit')
    const wish = want(50)
    const { view } = await world.merchant.send(wish, key)
    await payer.terminate(contract)
    expect((await world.merchant.send(wish, key)).view.order_id).toBe(view.order_id)
  })
})

describe('one merchant_order_no', () => {
  test('is charged by one of many parallel requests with keys of their own', async () => {
    const { want, contract } = await world.signed()
    const wish = want()
    const results = await Promise.all(
      Array.from({ length: 12 }, () =>
        world.merchant.send(wish).then(
          () => 'accepted',
          (error: { view: { code: string } }) => error.view.code,
        ),
      ),
    )
    expect(results.toSorted()).toEqual([
      'accepted',
      ...Array.from({ length: 11 }, () => 'merchant_order_taken'),
    ])
    const [charge] = (await world.merchant.list(`?contract=${contract}`)).charges
    await world.merchant.settled(charge?.order_id ?? '')
    expect(await booked(contract)).toEqual([350])
  })

  test('may be charged again after it failed, never while it is pending, paid or in review', async () => {
    const { want } = await world.signed()
    await world.gateway.addRule({
      match: { amount_fen: 1464 },
      effect: { kind: 'outcome', resp: '64' },
      times: 1,
    })
    const wish = want(1464)
    await world.merchant.settled((await world.merchant.charge(wish)).order_id)
    const { order_id } = await world.merchant.charge(wish)
    await world.merchant.settled(order_id)
    expect(await refusal(world.merchant.send(wish))).toBe('merchant_order_taken')
    await world.gateway.probe({ order_id, resp_code: '60' })
    expect(await world.merchant.read(order_id)).toMatchObject({
      state: 'succeeded',
      needs_review: true,
    })
    expect(await refusal(world.merchant.send(wish))).toBe('merchant_order_taken')
  })

  test('with an unknown outcome is never charged again', async () => {
    const { want, contract } = await world.signed()
    await world.gateway.addRule({
      match: { amount_fen: 1777 },
      effect: { kind: 'timeout_after', notice: 'never', ms: 1500 },
    })
    const wish = want(1777)
    const charge = await world.merchant.charge(wish)
    expect(charge).toMatchObject({ state: 'pending', waits_for: 'notification' })
    expect(await refusal(world.merchant.send(wish))).toBe('merchant_order_taken')
    expect(await booked(contract)).toEqual([1777])
  })
})

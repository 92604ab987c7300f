import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Wish } from '../../server/charges/charge.ts'
import { createCharge } from '../../server/charges/create-charge.ts'
import { createSendGate } from '../../server/charges/send-gate.ts'
import type { FollowingClock } from '../../server/kernel/clock.ts'
import { orderNo, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { until } from '../support/until.ts'

let world: ChargingWorld
beforeAll(async () => {
  world = await startChargingWorld({ jobs: false })
})
afterAll(() => world.stop())

async function pass(ms: number): Promise<void> {
  const { offset_ms } = await world.control.advance(ms)
  ;(world.app.charges.clock as FollowingClock).followOffset(offset_ms)
  await world.database.pool.query('update business_clock set offset_ms = greatest(offset_ms, $1)', [
    offset_ms,
  ])
}

test.for([
  ['ends', 2_000, 'not sent'],
  ['ends', 0, 'sent'],
  ['holds', 2_000, 'sent'],
] as const)(
  'a charge waits behind others while its contract %s; %i ms after it was accepted its turn comes: %s',
  async ([fate, waited_ms, becomes]) => {
    const { payer, contract, want } = await world.signed()
    const { merchant_order_no, amount_fen, description, merchant_no } = want() as Wish
    const [before, gate] = [Promise.withResolvers<void>(), createSendGate(1)]
    const others = gate.pass(
      () => before.promise,
      async () => {},
    )
    const key = { id: 'k', name: 'test', verbs: ['charge'], plan_ids: [] } as never
    const charging = createCharge(
      { ...world.app.charges, gate },
      key,
      { owner: 'k', verb: 'charge', key: orderNo(), body_digest: 'd' },
      { contract },
      { merchant_order_no, amount_fen, description, merchant_no },
    )
    const [{ order_id }] = await until('it is accepted', async () => {
      const { rows } = await world.database.pool.query<{ order_id: string }>(
        'select order_id from charges where merchant_order_no = $1',
        [merchant_order_no],
      )
      return rows[0] && ([rows[0]] as const)
    })
    if (fate === 'ends') await payer.terminate(contract)
    await pass(waited_ms)
    before.resolve()
    await Promise.all([charging, others])
    const { state, reason } = await world.merchant.settled(order_id)
    expect(reason === 'not_sent').toBe(becomes === 'not sent')
    expect(
      await world.gateway.order(order_id).then(
        () => 'sent',
        () => 'not sent',
      ),
    ).toBe(becomes)
    expect(state).toBe(fate === 'holds' ? 'succeeded' : 'failed') // UnionPay, too, knows that it has ended
  },
)

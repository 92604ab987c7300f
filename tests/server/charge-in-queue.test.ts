import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChargeRequest } from '../../server/charges/charge.ts'
import { createCharge } from '../../server/charges/create-charge.ts'
import { failNeverSent } from '../../server/charges/jobs.ts'
import { createSendGate } from '../../server/transactions/send-once.ts'
import { orderNo, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { until } from '../support/until.ts'

let world: ChargingWorld
beforeAll(async () => {
  world = await startChargingWorld({ jobs: false })
})
afterAll(() => world.stop())

test.for([
  ['ends', 'not sent'],
  ['gets another number at UnionPay', 'not sent'],
  ['holds', 'sent'],
] as const)(
  'a charge that waits in the send queue while its contract %s is %s',
  async ([fate, becomes]) => {
    const { payer, contract, want } = await world.signed()
    const { charging, gate, order_id } = await chargeBehindOthers(contract, () => want())
    expect(await sentAt(order_id)).toBeNull()
    if (fate === 'ends') await payer.terminate(contract)
    else if (fate !== 'holds')
      await world.database.pool.query(
        'update contracts set number_differs = true, needs_review = true where id = $1',
        [contract],
      )
    gate.release()
    await charging
    const { state, reason } = await world.merchant.settled(order_id)
    expect([state, reason]).toEqual(fate === 'holds' ? ['succeeded', null] : ['failed', 'not_sent'])
    expect(await isAtUnionPay(order_id)).toBe(becomes)
    expect((await sentAt(order_id)) !== null).toBe(becomes === 'sent')
  },
)

test('a charge that is not marked as leaving in time fails as not_sent by the job of any process, is never sent, and its number may be charged again', async () => {
  const { contract, want } = await world.signed()
  const { charging, gate, order_id, merchant_order_no } = await chargeBehindOthers(contract, () =>
    want(),
  )
  await world.advanceMeanwhile(6_000)
  await failNeverSent(world.app.charges, 'charges', new AbortController().signal)
  expect(await world.merchant.read(order_id)).toMatchObject({
    state: 'failed',
    reason: 'not_sent',
    history: [{}, { to: 'failed', source: 'job', reason: 'not_sent' }],
  })
  gate.release()
  await charging
  expect(await isAtUnionPay(order_id)).toBe('not sent')
  expect(await world.merchant.send({ ...want(), merchant_order_no })).toMatchObject({
    status: 201,
  })
})

test('the job does not fail a charge that was marked as leaving, however old it is', async () => {
  const { want } = await world.signed()
  await world.gateway.addRule({ match: { amount_fen: 78 }, effect: { kind: 'timeout_before' } })
  const { order_id } = await world.merchant.charge(want(78))
  expect(await sentAt(order_id)).not.toBeNull()
  await world.advanceMeanwhile(60_000)
  await failNeverSent(world.app.charges, 'charges', new AbortController().signal)
  expect(await world.merchant.read(order_id)).toMatchObject({ state: 'pending' })
})

test('a charge accepted by an earlier version counts as sent', async () => {
  const { want } = await world.signed()
  const { order_id } = await world.merchant.charge(want())
  await world.merchant.settled(order_id)
  await world.database.pool.query(
    `insert into charges (order_id, contract_ref, plan_id, merchant_no, merchant_order_no, amount_fen, description, txn_time, accepted_at, accepted_on, profile_digest)
     select 'OFBEFORE0000000000000000AA', contract_ref, plan_id, merchant_no, 'OF-BEFORE', amount_fen, description, txn_time, business_now() - interval '1 hour', accepted_on, profile_digest
       from charges where order_id = $1`,
    [order_id],
  )
  await failNeverSent(world.app.charges, 'charges', new AbortController().signal)
  expect(await world.merchant.read('OFBEFORE0000000000000000AA')).toMatchObject({
    state: 'pending',
  })
})

/** A charge that is accepted while the only send slot is taken. */
async function chargeBehindOthers(contract: string, want: () => object) {
  const { merchant_order_no, amount_fen, description, merchant_no } = want() as ChargeRequest
  const gate = createSendGate(1, 600_000)
  gate.enterNow()
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
  return { charging, gate, order_id, merchant_order_no }
}

async function sentAt(order_id: string): Promise<unknown> {
  const { rows } = await world.database.pool.query<{ sent_at: unknown }>(
    'select sent_at from charges where order_id = $1',
    [order_id],
  )
  return rows[0]?.sent_at
}

const isAtUnionPay = (order_id: string): Promise<string> =>
  world.gateway.order(order_id).then(
    () => 'sent',
    () => 'not sent',
  )

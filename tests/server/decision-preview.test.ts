import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DecisionPreviewView } from '../../server/api.ts'
import { bill, refusal, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { createOperator, type ConsoleOperator } from '../support/operator.ts'
import { digestOf } from '../support/table-digest.ts'

/** What an operator sees before deciding about an order that needs manual review. */
let world: ChargingWorld
let anna: ConsoleOperator
beforeAll(async () => {
  world = await startChargingWorld({ jobs: false })
  anna = await createOperator(world.url, world.database, 'anna', 'operator')
  await anna.signIn()
})
afterAll(() => world.stop())

type Decision = 'paid' | 'not_paid'
const look = (order_id: string, decision: Decision, of: 'charges' | 'refunds' = 'charges') =>
  anna.call<DecisionPreviewView>('POST', `/${of}/${order_id}/preview`, { decision })
const named = async (order_id: string, of: 'charges' | 'refunds' = 'charges') => ({
  paid: (await look(order_id, 'paid', of)).consequences,
  not_paid: (await look(order_id, 'not_paid', of)).consequences,
})
const decide = (order_id: string, decision: Decision) =>
  anna.call('POST', `/charges/${order_id}/resolution`, { decision })

/**
 * A charge that was declined, and then UnionPay reports that it is paid; `again`: the order was
 * charged once more in between.
 */
async function declinedThenPaid(amount_fen: number, again: boolean) {
  const { payer, want } = await world.signed()
  const effect = { kind: 'outcome', resp: '64' } as const
  await world.gateway.addRule({ match: { amount_fen }, effect, times: 1 })
  const wish = want(amount_fen)
  const first = (await world.merchant.charge(wish)).order_id
  await world.merchant.settled(first)
  const second = again ? (await world.merchant.charge(wish)).order_id : ''
  if (again) await world.merchant.settled(second)
  await world.gateway.probe({ order_id: first, resp_code: '00' })
  return { payer, first, second }
}

describe('the preview of a decision', () => {
  test('changes nothing, and shows for a paid charge what resolving it as not paid would release', async () => {
    const { charge } = await world.paid(350)
    await world.gateway.probe({ order_id: charge.order_id, resp_code: '60' })
    const before = await digestOf(world.database.pool)
    expect(await look(charge.order_id, 'not_paid')).toEqual({
      order_id: charge.order_id,
      from: 'succeeded',
      to: 'failed',
      consequences: ['day_limit_freed', 'order_may_be_charged_again'],
    })
    expect((await named(charge.order_id)).paid).toEqual(['charge_may_be_refunded'])
    expect(await digestOf(world.database.pool)).toEqual(before)
  })

  test('says that the order may be charged again when the state stays failed and only the review ends', async () => {
    const { first } = await declinedThenPaid(881, false)
    expect(await named(first)).toEqual({
      paid: ['day_limit_used', 'charge_may_be_refunded'],
      not_paid: ['order_may_be_charged_again'],
    })
  })

  test('shows the effect on the other charge of an order that was paid twice, and that no third charge may follow', async () => {
    const { payer, first, second } = await declinedThenPaid(882, true)
    expect(await named(first)).toEqual({
      paid: ['day_limit_used', 'order_is_paid_twice', 'charge_may_be_refunded'],
      not_paid: ['order_is_paid_once'],
    })
    await decide(first, 'not_paid')
    expect(await world.merchant.read(second)).toMatchObject({ needs_review: false })
    expect((await bill(payer, second)).history.map(({ step }) => step)).toEqual([
      'asked',
      'paid',
      'in_review',
    ])
    expect((await bill(payer, first)).history.at(-1)).toMatchObject({ step: 'found_unpaid' })
  })

  test('says that the amount of a refund in review may be refunded again', async () => {
    const { charge } = await world.paid(883)
    await world.gateway.addRule({
      match: { transaction: 'refund', amount_fen: 883 },
      effect: { kind: 'outcome', resp: '61' },
      times: 1,
    })
    const { order_id } = await world.merchant.refund(charge.order_id, 883)
    await world.merchant.settledRefund(charge.order_id, order_id)
    await world.gateway.probe({ order_id, resp_code: '00' })
    expect(await named(order_id, 'refunds')).toEqual({
      paid: ['amount_was_refunded'],
      not_paid: ['amount_may_be_refunded_again'],
    })
  })

  test('says that the notice of a renewal, or its exemption, becomes available again', async () => {
    const { charge } = await world.paid(884)
    await world.database.pool.query(
      'update charges set first_debit_of = contract_ref where order_id = $1',
      [charge.order_id],
    )
    await world.gateway.probe({ order_id: charge.order_id, resp_code: '60' })
    expect((await named(charge.order_id)).not_paid).toContain('notice_covers_another_debit')
  })

  test('is refused where the decision would be', async () => {
    const { charge } = await world.paid(885)
    expect(await refusal(look(charge.order_id, 'paid'))).toBe('nothing_to_resolve')
    const refund = await world.merchant.refund(charge.order_id, 5)
    await world.merchant.settledRefund(charge.order_id, refund.order_id)
    await world.gateway.probe({ order_id: charge.order_id, resp_code: '60' })
    expect(await refusal(look(charge.order_id, 'not_paid'))).toBe('charge_has_refunds')
    expect(await refusal(look('01KBN2V7Q4TZ8M3RXJ5W9GYHC6', 'paid'))).toBe('not_found')
  })
})

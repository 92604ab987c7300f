import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ActionResult, ApprovalView, ConsoleChargeView } from '../../server/api.ts'
import { orderNo, refusal, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { createOperator, type ConsoleOperator } from '../support/operator.ts'

let world: ChargingWorld
let anna: ConsoleOperator
let bob: ConsoleOperator
beforeAll(async () => {
  world = await startChargingWorld({ env: { TWO_PERSON_ABOVE_FEN: '1000' } })
  anna = await createOperator(world.url, world.database, 'anna', 'admin')
  bob = await createOperator(world.url, world.database, 'bob', 'operator')
  for (const one of [anna, bob]) await one.signIn()
})
afterAll(() => world.stop())

const requestRefund = (order_id: string, amount_fen: number) =>
  bob.call<ActionResult>(
    'POST',
    `/charges/${order_id}/refunds`,
    { amount_fen, description: '退货' },
    { 'idempotency-key': orderNo() },
  )
const asked = (result: ActionResult): string => (result.done ? '' : result.approval.id)
const decide = async (id: string, allowed: boolean): Promise<ApprovalView | undefined> => {
  const result = await anna.call<ActionResult>('POST', `/approvals/${id}`, { allowed })
  return result.done ? undefined : result.approval
}
const refundsOf = async (order_id: string) =>
  (await anna.call<ConsoleChargeView>('GET', `/charges/${order_id}`)).charge.refunds
const statement = (text: string, ...values: unknown[]) => world.database.pool.query(text, values)

/** The state after a process ended between the approval and recording its result. */
const cutOff = (id: string) =>
  statement(
    `update approvals set allowed = true, decided_at = business_now() - interval '2 minutes', outcome = null where id = $1`,
    id,
  )

test('one operator who declares refunds void and refunds again does not exceed the limit of one operator', async () => {
  const { charge } = await world.paid(1_900)
  await world.gateway.addRule({
    match: { amount_fen: 600 },
    effect: { kind: 'plain', notice: 'never' },
  })
  const first = await requestRefund(charge.order_id, 600)
  if (!first.done || !first.refund) throw new Error('it was not done at once')
  await statement(
    `update refunds set waits_for = 'manual_review' where order_id = $1`,
    first.refund.order_id,
  )
  const said = await bob.call<ActionResult>(
    'POST',
    `/refunds/${first.refund.order_id}/resolution`,
    { decision: 'not_paid' },
  )
  expect(said.done).toBe(true)
  const again = await requestRefund(charge.order_id, 600)
  expect(again).toMatchObject({ done: false, approval: { amount_fen: 600 } })
  expect(await refusal(requestRefund(charge.order_id, 401))).toBe('approval_pending')
  expect(await decide(asked(again), true)).toMatchObject({ outcome: 'done' })
})

describe('an approval that was interrupted after its effect', () => {
  test.each([true, false])(
    'of a refund is completed, also by a second answer of %s',
    async (second) => {
      const { charge } = await world.paid(1_900)
      const id = asked(await requestRefund(charge.order_id, 1_900))
      await decide(id, true)
      await cutOff(id)
      expect(await decide(id, second)).toMatchObject({ allowed: true, outcome: 'done' })
      expect(await refundsOf(charge.order_id)).toHaveLength(1)
      expect(await refusal(decide(id, second))).toBe('approval_decided')
    },
  )
  test.each([true, false])(
    'of a review is completed, also by a second answer of %s',
    async (second) => {
      const { charge } = await world.paid(1_900)
      await statement(
        `update charges set needs_review = true, review_reason = 'unexplained' where order_id = $1`,
        charge.order_id,
      )
      const answer = await bob.call<ActionResult>(
        'POST',
        `/charges/${charge.order_id}/resolution`,
        { decision: 'paid' },
      )
      const id = asked(answer)
      await decide(id, true)
      await cutOff(id)
      expect(await decide(id, second)).toMatchObject({ allowed: true, outcome: 'done' })
      const { charge: after } = await anna.call<ConsoleChargeView>(
        'GET',
        `/charges/${charge.order_id}`,
      )
      expect(after.history.filter(({ source }) => source === 'operator')).toHaveLength(1)
    },
  )
})

test('an approval that was interrupted before its effect is decided again: a rejection then refuses, and nothing is executed', async () => {
  const { charge } = await world.paid(1_900)
  const id = asked(await requestRefund(charge.order_id, 1_900))
  await statement(
    `update approvals set decided_by = (select id from operators where name = 'anna') where id = $1`,
    id,
  )
  await cutOff(id)
  expect(await decide(id, false)).toMatchObject({ allowed: false, outcome: null })
  expect(await refundsOf(charge.order_id)).toEqual([])
})

test('a decision whose effect fails is not recorded: both are one transaction', async () => {
  const { charge } = await world.paid(1_900)
  const id = asked(await requestRefund(charge.order_id, 1_900))
  await statement(
    `create function fail_refund() returns trigger language plpgsql as 'begin raise exception ''disk full''; end'`,
  )
  await statement(
    'create trigger fail_refund before insert on refunds for each row execute function fail_refund()',
  )
  expect(await refusal(decide(id, true))).toBe('internal')
  const { rows } = await statement('select decided_at, outcome from approvals where id = $1', id)
  expect(rows).toEqual([{ decided_at: null, outcome: null }])
  await statement('drop function fail_refund cascade')
  expect(await decide(id, true)).toMatchObject({ outcome: 'done', decided_by: 'anna' })
  expect(await refundsOf(charge.order_id)).toHaveLength(1)
})

test('a refusal by the operation is the outcome of the decision, and leaves no effect', async () => {
  const { charge } = await world.paid(1_900)
  const id = asked(await requestRefund(charge.order_id, 1_900))
  await world.merchant.refund(charge.order_id, 100)
  expect(await refusal(decide(id, true))).toBe('refund_exceeds_charge')
  const { rows } = await statement('select allowed, outcome from approvals where id = $1', id)
  expect(rows).toEqual([{ allowed: true, outcome: 'refund_exceeds_charge' }])
  expect(await refundsOf(charge.order_id)).toMatchObject([{ amount_fen: 100 }])
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ActionResult, ApprovalView, AuditView, ConsoleChargeView } from '../../server/api.ts'
import { orderNo, refusal, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { createOperator, type ConsoleOperator } from '../support/operator.ts'
import { until } from '../support/until.ts'

let world: ChargingWorld
let anna: ConsoleOperator
let bob: ConsoleOperator
let viewer: ConsoleOperator
beforeAll(async () => {
  world = await startChargingWorld({ env: { TWO_PERSON_ABOVE_FEN: '1000' } })
  anna = await createOperator(world.url, world.database, 'anna', 'admin')
  bob = await createOperator(world.url, world.database, 'bob', 'operator')
  viewer = await createOperator(world.url, world.database, 'vera', 'viewer')
  for (const one of [anna, bob, viewer]) await one.signIn()
})
afterAll(() => world.stop())

const requestRefund = (operator: ConsoleOperator, order_id: string, amount_fen: number) =>
  operator.call<ActionResult>(
    'POST',
    `/charges/${order_id}/refunds`,
    { amount_fen, description: '退货' },
    { 'idempotency-key': orderNo() },
  )
const look = (order_id: string) => anna.call<ConsoleChargeView>('GET', `/charges/${order_id}`)

describe('a refund through the console', () => {
  test('is sent at once below the limit, and once however often the button is pressed', async () => {
    const { charge } = await world.paid(900)
    const press = () =>
      bob.call<ActionResult>(
        'POST',
        `/charges/${charge.order_id}/refunds`,
        { amount_fen: 300, description: '退货' },
        { 'idempotency-key': 'pressed-twice' },
      )
    expect(await press()).toMatchObject({ done: true, refund: { amount_fen: 300 } })
    await press()
    expect((await look(charge.order_id)).charge.refunds).toHaveLength(1)
  })

  test('above the limit waits for a second operator, who is not the requester; small ones add up', async () => {
    const { charge } = await world.paid(2000)
    expect(await requestRefund(bob, charge.order_id, 600)).toMatchObject({ done: true })
    const asked = await requestRefund(bob, charge.order_id, 600)
    if (asked.done) throw new Error('it was not held')
    expect(await refusal(requestRefund(anna, charge.order_id, 700))).toBe('approval_pending')
    expect(
      await refusal(bob.call('POST', `/approvals/${asked.approval.id}`, { allowed: true })),
    ).toBe('approval_own')
    expect((await look(charge.order_id)).charge.refunds).toHaveLength(1)
    expect(
      await anna.call('POST', `/approvals/${asked.approval.id}`, { allowed: true }),
    ).toMatchObject({ approval: { outcome: 'done', decided_by: 'anna' } })
    expect(
      await refusal(anna.call('POST', `/approvals/${asked.approval.id}`, { allowed: true })),
    ).toBe('approval_decided')
    const view = await look(charge.order_id)
    expect(view.charge.refunds.map(({ amount_fen }) => amount_fen)).toEqual([600, 600])
    expect(view.audit.map(({ author, action }) => `${author} ${action}`)).toEqual(
      expect.arrayContaining([
        'bob refund',
        'bob refund.asked',
        'anna refund.allowed',
        'bob, anna refund',
      ]),
    )
  })

  test('whose approval was interrupted by the end of the process waits for approval again, and is sent once', async () => {
    const { charge } = await world.paid(1800)
    const asked = await requestRefund(bob, charge.order_id, 1800)
    if (asked.done) throw new Error('it was not held')
    const decide = (allowed: boolean) =>
      anna.call('POST', `/approvals/${asked.approval.id}`, { allowed })
    const isOpen = async () =>
      (await anna.call<{ approvals: ApprovalView[] }>('GET', '/approvals')).approvals.some(
        ({ id }) => id === asked.approval.id,
      )
    const cutOff = (ago: string) =>
      world.database.pool.query(
        `update approvals set allowed = true, decided_by = asked_by, decided_at = business_now() - $2::interval, outcome = null where id = $1`,
        [asked.approval.id, ago],
      )
    await cutOff('10 seconds')
    expect([await isOpen(), await refusal(decide(true))]).toEqual([false, 'approval_decided'])
    await cutOff('31 days') // the key of the refund may have expired: it could be made twice
    expect([await isOpen(), await refusal(decide(true))]).toEqual([false, 'approval_decided'])
    await cutOff('2 minutes')
    expect([await isOpen(), await decide(true), await isOpen()]).toEqual([
      true,
      expect.objectContaining({ approval: expect.objectContaining({ outcome: 'done' }) }),
      false,
    ])
    await cutOff('2 minutes')
    expect(await decide(true)).toMatchObject({ approval: { outcome: 'done' } })
    expect(
      (await look(charge.order_id)).charge.refunds.map(({ amount_fen }) => amount_fen),
    ).toEqual([1800])
  })

  test('that the second operator rejects is not sent', async () => {
    const { charge } = await world.paid(1500)
    const asked = await requestRefund(bob, charge.order_id, 1500)
    if (asked.done) throw new Error('it was not held')
    await anna.call('POST', `/approvals/${asked.approval.id}`, { allowed: false })
    expect(await look(charge.order_id)).toMatchObject({
      charge: { refunds: [] },
      refundable_fen: 1500,
    })
  })
})

test("a review is resolved under the operator's name, and the audit trail records it", async () => {
  const { charge } = await world.paid(480)
  await world.database.pool.query(
    `update charges set needs_review = true, review_reason = 'failed_after_success' where order_id = $1`,
    [charge.order_id],
  )
  expect(
    await bob.call('POST', `/charges/${charge.order_id}/resolution`, { decision: 'paid' }),
  ).toEqual({ done: true })
  const view = await look(charge.order_id)
  expect(view.charge).toMatchObject({ needs_review: false, state: 'succeeded' })
  expect(view.charge.history.at(-1)).toMatchObject({ source: 'operator', author: 'bob' })
  const { audit } = await viewer.call<{ audit: AuditView[] }>('GET', '/audit')
  expect(audit.find(({ subject }) => subject === charge.order_id)).toMatchObject({
    author: 'bob',
    action: 'resolve',
    detail: { decision: 'paid' },
  })
})

describe('a review above the limit waits for a second operator', () => {
  const review = (table: 'charges' | 'refunds', order_id: string) =>
    world.database.pool.query(
      `update ${table} set needs_review = true, review_reason = 'failed_after_success' where order_id = $1`,
      [order_id],
    )
  const standing = async (table: 'charges' | 'refunds', order_id: string) =>
    (
      await world.database.pool.query(
        `select state, needs_review from ${table} where order_id = $1`,
        [order_id],
      )
    ).rows[0]

  test.each(['charges', 'refunds'] as const)('of %s', async (table) => {
    const { charge } = await world.paid(table === 'charges' ? 1001 : 1400)
    const { order_id } =
      table === 'charges' ? charge : await world.merchant.refund(charge.order_id, 1001)
    await until('it succeeded', async () =>
      (await standing(table, order_id))?.state === 'succeeded' ? true : null,
    )
    await review(table, order_id)
    const asked = await bob.call<ActionResult>('POST', `/${table}/${order_id}/resolution`, {
      decision: 'not_paid',
    })
    if (asked.done) throw new Error('one operator alone decided it')
    expect(asked.approval).toMatchObject({ action: 'resolve', amount_fen: 1001, asked_by: 'bob' })
    expect(
      await refusal(bob.call('POST', `/approvals/${asked.approval.id}`, { allowed: true })),
    ).toBe('approval_own')
    expect(await standing(table, order_id)).toEqual({ state: 'succeeded', needs_review: true })
    expect(
      await anna.call('POST', `/approvals/${asked.approval.id}`, { allowed: true }),
    ).toMatchObject({ approval: { outcome: 'done', decided_by: 'anna' } })
    expect(await standing(table, order_id)).toEqual({ state: 'failed', needs_review: false })
  })

  test('a review of exactly the limit does not wait for a second operator', async () => {
    const { charge } = await world.paid(1000)
    await review('charges', charge.order_id)
    expect(
      await bob.call('POST', `/charges/${charge.order_id}/resolution`, { decision: 'paid' }),
    ).toEqual({ done: true })
  })
})

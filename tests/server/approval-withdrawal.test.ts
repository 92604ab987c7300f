import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ActionResult, ApprovalView, ConsoleChargeView } from '../../server/api.ts'
import { orderNo, refusal, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { createOperator, type ConsoleOperator } from '../support/operator.ts'

let world: ChargingWorld
let [anna, bob]: ConsoleOperator[] = []
beforeAll(async () => {
  world = await startChargingWorld({ env: { TWO_PERSON_ABOVE_FEN: '1000' } })
  anna = await createOperator(world.url, world.database, 'anna', 'admin')
  bob = await createOperator(world.url, world.database, 'bob', 'operator')
  for (const one of [anna, bob]) await one.signIn()
})
afterAll(() => world.stop())

const call = <View>(operator: ConsoleOperator | undefined, path: string, body: object = {}) =>
  (operator as ConsoleOperator).call<View>('POST', path, body, { 'idempotency-key': orderNo() })
const ask = async (order_id: string, amount_fen: number): Promise<string> => {
  const result = await call<ActionResult>(bob, `/charges/${order_id}/refunds`, {
    amount_fen,
    description: '退货',
  })
  if (result.done) throw new Error('one operator alone refunded it')
  return result.approval.id
}
const open = async (): Promise<string[]> =>
  (
    await (anna as ConsoleOperator).call<{ approvals: ApprovalView[] }>('GET', '/approvals')
  ).approvals.map(({ id }) => id)

test('only the requester can withdraw a request that waits for approval', async () => {
  const { charge } = await world.paid(2_000)
  const id = await ask(charge.order_id, 1_500)
  expect(await refusal(call(anna, `/approvals/${id}/withdrawal`))).toBe('approval_of_another')
  expect(await open()).toContain(id)
  expect(await call(bob, `/approvals/${id}/withdrawal`)).toMatchObject({
    done: false,
    approval: { id, decided_by: 'bob', allowed: false, outcome: 'withdrawn' },
  })
  expect(await open()).not.toContain(id)
  const { audit } = await (anna as ConsoleOperator).call<ConsoleChargeView>(
    'GET',
    `/charges/${charge.order_id}`,
  )
  expect(audit.map(({ author, action, detail }) => ({ author, action, detail }))).toContainEqual({
    author: 'bob',
    action: 'refund.withdrawn',
    detail: { amount_fen: 1_500, approval: id },
  })
})

test('a withdrawn request is never executed: it can be neither approved nor withdrawn again, and may be made again', async () => {
  const { charge } = await world.paid(2_000)
  const id = await ask(charge.order_id, 1_500)
  await call(bob, `/approvals/${id}/withdrawal`)
  expect(await refusal(call(anna, `/approvals/${id}`, { allowed: true }))).toBe('approval_decided')
  expect(await refusal(call(bob, `/approvals/${id}/withdrawal`))).toBe('approval_decided')
  const again = await ask(charge.order_id, 1_400)
  await call(anna, `/approvals/${again}`, { allowed: true })
  const { charge: after } = await (anna as ConsoleOperator).call<ConsoleChargeView>(
    'GET',
    `/charges/${charge.order_id}`,
  )
  expect(after.refunds.map(({ amount_fen }) => amount_fen)).toEqual([1_400])
})

test('a request that an approver decided cannot be withdrawn, also when the process ended before its execution', async () => {
  const { charge } = await world.paid(2_000)
  const id = await ask(charge.order_id, 1_500)
  await world.database.pool.query(
    `update approvals set allowed = true, decided_at = business_now() - interval '2 minutes',
       decided_by = (select id from operators where name = 'anna') where id = $1`,
    [id],
  )
  expect(await refusal(call(bob, `/approvals/${id}/withdrawal`))).toBe('approval_decided')
  expect(await refusal(call(bob, `/approvals/01KBN2V7Q4TZ8M3RXJ5W9GYHC6/withdrawal`))).toBe(
    'not_found',
  )
})

test('a withdrawal and an approval at once: one of them wins, and money moves only with the approval', async () => {
  const { charge } = await world.paid(2_000)
  const id = await ask(charge.order_id, 1_500)
  const said = await Promise.all([
    refusal(call(anna, `/approvals/${id}`, { allowed: true })),
    refusal(call(bob, `/approvals/${id}/withdrawal`)),
  ])
  expect(said.filter((code) => code === 'approval_decided')).toHaveLength(1)
  const { charge: after } = await (anna as ConsoleOperator).call<ConsoleChargeView>(
    'GET',
    `/charges/${charge.order_id}`,
  )
  expect(after.refunds).toHaveLength(said[0] === 'approval_decided' ? 0 : 1)
})

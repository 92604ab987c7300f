import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ActionResult } from '../../server/api.ts'
import { createMerchant, refusal } from '../support/charging.ts'
import { createOperator } from '../support/operator.ts'
import { lineOf, startReconcilingWorld, type ReconcilingWorld } from '../support/reconciling.ts'
import { statementZip } from '../support/statement-file.ts'

/** What an operator does about a break, with a preview first. */

let world: ReconcilingWorld
beforeAll(async () => {
  world = await startReconcilingWorld()
})
beforeEach(() => world.reset())
afterAll(() => world.stop())
/** The given name, and the key it came with. */
const author = expect.stringMatching(/^李会计 \(API key test, [0-9A-Z]{26}\)$/)

test('a preview changes nothing; the repair changes the order and leaves a line in the audit trail', async () => {
  const failed = await world.charge('failed')
  await world.fetchStatement(statementZip([lineOf(failed)]))
  const [found] = await world.breaks()
  const preview = await world.resolve(found, { action: 'mark_paid', dry_run: true })
  expect(preview).toMatchObject({
    dry_run: true,
    break: { state: 'open' },
    order: { order_id: failed.order_id, from: 'failed', to: 'succeeded' },
  })
  expect(await world.merchant.read(failed.order_id)).toMatchObject({ state: 'failed' })
  expect(await world.resolve(found, { action: 'mark_paid' })).toMatchObject({
    break: { state: 'resolved', author },
    order: { to: 'succeeded' },
  })
  expect((await world.merchant.read(failed.order_id)).history.at(-1)).toMatchObject({
    to: 'succeeded',
    source: 'operator',
    author,
  })
  const { rows } = await world.pool.query(
    `select author, action, detail->>'order_id' as order_id from audit_trail where subject = $1`,
    [found?.id],
  )
  expect(rows).toEqual([{ author, action: 'break.mark_paid', order_id: failed.order_id }])
  expect(await refusal(world.resolve(found, { action: 'mark_paid' }))).toBe('break_not_open')
})

test("an operator's decision is retained, whatever the day's repair does afterwards", async () => {
  const [decided, other] = [await world.charge('failed'), await world.charge('failed')]
  const file = statementZip([lineOf(decided), lineOf(other)])
  await world.fetchStatement(file)
  await world.reader.call('POST', `/v1/charges/${decided.order_id}/resolution`, {
    decision: 'not_paid',
    author: '王五',
  })
  const { compared, repaired } = await world.apply(file)
  expect([compared?.counts, repaired]).toEqual([{ state: 2 }, 1])
  expect(await world.merchant.read(decided.order_id)).toMatchObject({ state: 'failed' })
  expect(await world.merchant.read(other.order_id)).toMatchObject({ state: 'succeeded' })
  // an operator who decides about this break itself may still decide otherwise; the audit trail
  // names the system
  const [open] = await world.breaks('?state=open')
  expect(await world.resolve(open, { action: 'mark_paid' })).toMatchObject({
    order: { order_id: decided.order_id, from: 'failed', to: 'succeeded' },
  })
  const { rows } = await world.pool.query(
    `select k.name from audit_trail a join api_keys k on k.id = a.detail->>'api_key' where a.subject = $1`,
    [open?.id],
  )
  expect(rows).toEqual([{ name: 'test' }])
})

test('an order that exists only in our database can be marked not paid', async () => {
  const paid = await world.charge('succeeded')
  await world.fetchStatement(statementZip([]))
  const [found] = await world.breaks()
  expect(await world.resolve(found, { action: 'mark_not_paid' })).toMatchObject({
    order: { from: 'succeeded', to: 'failed' },
  })
  expect(await world.merchant.read(paid.order_id)).toMatchObject({
    state: 'failed',
    needs_review: false,
    reason: 'decided_by_operator',
  })
})

test('one operator alone decides up to the limit, whichever side names the larger amount', async () => {
  const differs = await world.charge('succeeded')
  await world.fetchStatement(statementZip([lineOf(differs, { amount_fen: 1 })]))
  const [found] = await world.breaks('?kind=amount')
  const operator = await createOperator(world.url, world.database, 'breaks-alone', 'operator')
  await operator.signIn()
  const decide = () =>
    operator.call<ActionResult>('POST', `/breaks/${found?.id}/resolution`, {
      action: 'mark_not_paid',
      note: 'asked',
    })
  await world.pool.query(
    `update reconciliation_breaks set ours = jsonb_set(ours, '{amount_fen}', '60000') where id = $1`,
    [found?.id],
  )
  expect(await decide()).toMatchObject({ done: false })
  expect(await world.merchant.read(differs.order_id)).toMatchObject({
    state: 'succeeded',
    needs_review: true,
  })
})

test('a repair that does not match the break is refused', async () => {
  const differs = await world.charge('succeeded')
  await world.fetchStatement(
    statementZip([
      lineOf(differs, { amount_fen: 1 }),
      lineOf({ order_id: 'ELSEWHERE1', amount_fen: 5 }),
    ]),
  )
  expect(
    await refusal(
      world.resolve((await world.breaks('?kind=theirs_only'))[0], { action: 'mark_paid' }),
    ),
  ).toBe('break_action_refused')
  expect(
    await refusal(
      world.resolve((await world.breaks('?kind=amount'))[0], { action: 'acknowledge' }),
    ),
  ).toBe('break_action_refused')
  const limited = createMerchant(
    world.url,
    await world.key(['read'], ['a1f0c3d2e4b5968778695a4b3c2d1e04']),
  )
  expect(await refusal(limited.call('GET', '/v1/statements'))).toBe('verb_not_allowed')
})

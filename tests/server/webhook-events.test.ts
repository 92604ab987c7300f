import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerOf, createClient } from '../../client/client.ts'
import type { WebhookType } from '../../server/api.ts'
import { retail, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { until } from '../support/until.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'

/**
 * Every event that docs/webhooks.md names, triggered as in production and received by a merchant's
 * receiver; two servers work on one database.
 */

let world: ChargingWorld
let receiver: Awaited<ReturnType<typeof startWebhookReceiver>>
let client: ReturnType<typeof createClient>
let second: Awaited<ReturnType<ChargingWorld['secondServer']>>
beforeAll(async () => {
  world = await startChargingWorld()
  second = await world.secondServer()
  second.startJobs()
  receiver = await startWebhookReceiver()
  client = createClient({
    url: world.url,
    key: await world.key(['read', 'charge', 'refund', 'terminate', 'webhooks']),
  })
  const { secret } = await answerOf(
    client.POST('/v1/webhook-endpoints', { body: { url: receiver.url } }),
  )
  receiver.secrets.push(secret)
})
afterAll(async () => {
  await second.close()
  await world.stop()
  await receiver.stop()
})

const eventsOf = (subject: string): string[] =>
  receiver
    .about(subject)
    .map(({ type }) => type)
    .toSorted()

test('a contract that begins and ends', async () => {
  const { contract } = await world.signed()
  await receiver.heard('contract.activated', contract)
  await answerOf(
    client.POST('/v1/contracts/{id}/terminate', { params: { path: { id: contract } } }),
  )
  await receiver.heard('contract.terminated', contract)
})

test('a wallet that is bound to a user, whose contracts are reported with their owner', async () => {
  const { payer, contract } = await world.signed()
  const signed = await receiver.heard('contract.activated', contract)
  expect(signed.data).toMatchObject({
    contract: { user_id: expect.stringMatching(/^made-/), plan_id: expect.any(String) },
  })
  await payer.call('POST', '/api/tickets', { ticket: await world.ticket('bound-1') })
  await payer.answer(true)
  const { data } = await receiver.heard('user.bound', 'bound-1')
  expect(data).toMatchObject({
    user: {
      user_id: 'bound-1',
      former_user_id: expect.stringMatching(/^made-/),
      contracts: [{ id: contract, user_id: 'bound-1', state: 'active' }],
    },
  })
})

test('a charge that is paid and then contradicted, and one that is declined', async () => {
  const { charge, want } = await world.paid(350)
  await receiver.heard('charge.succeeded', charge.order_id)
  await world.gateway.probe({ order_id: charge.order_id, resp_code: '60' })
  const review = await receiver.heard('charge.needs_review', charge.order_id)
  expect(review.data.charge).toMatchObject({
    state: 'succeeded',
    needs_review: true,
    review_reason: 'failed_after_success',
  })
  await world.gateway.addRule({
    match: { amount_fen: 1_964 },
    effect: { kind: 'outcome', resp: '64' },
  })
  const { order_id } = await world.merchant.charge(want(1_964))
  await receiver.heard('charge.failed', order_id)
  expect(eventsOf(order_id)).toEqual(['charge.failed'])
})

test('a charge and a refund without any result, when they begin to need manual review', async () => {
  const { charge, want } = await world.paid(700)
  await world.gateway.addRule({ match: { amount_fen: 701 }, effect: { kind: 'timeout_before' } })
  await world.gateway.addRule({
    match: { transaction: 'refund', amount_fen: 699 },
    effect: { kind: 'timeout_before' },
  })
  const silent = await world.merchant.charge(want(701))
  const refund = await world.merchant.refund(charge.order_id, 699)
  for (const [table, order_id] of [
    ['charges', silent.order_id],
    ['refunds', refund.order_id],
  ] as const) {
    await world.database.pool.query(
      `update ${table} set waits_for = 'statement', due_at = business_now() where order_id = $1`,
      [order_id],
    )
    await world.app.jobs
      .find(({ name }) => name === `escalate-${table}`)
      ?.run(new AbortController().signal)
  }
  const heard = await receiver.heard('charge.needs_review', silent.order_id)
  expect(heard.data.charge).toMatchObject({ state: 'pending', waits_for: 'manual_review' })
  await receiver.heard('refund.needs_review', refund.order_id)
  expect((await world.merchant.read(silent.order_id)).history.at(-1)).toMatchObject({
    from: 'pending',
    to: 'pending',
    source: 'job',
    reason: 'unexplained',
  })
})

test('a refund that succeeds and is contradicted, and one that fails', async () => {
  const { charge } = await world.paid(900)
  const refund = await world.merchant.refund(charge.order_id, 100)
  await receiver.heard('refund.succeeded', refund.order_id)
  await world.gateway.probe({ order_id: refund.order_id, resp_code: '61' })
  await receiver.heard('refund.needs_review', refund.order_id)
  await world.gateway.addRule({
    match: { transaction: 'refund', amount_fen: 333 },
    effect: { kind: 'outcome', resp: '61' },
    times: 1,
  })
  const refused = await world.merchant.refund(charge.order_id, 333)
  await receiver.heard('refund.failed', refused.order_id)
})

test('a difference in the morning’s statement, which one of two servers fetches, once', async () => {
  const { charge } = await world.paid(4_321)
  const plants = await fetch(`${world.sandbox.url}/_control/statements/plants`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([{ kind: 'amount', order_id: charge.order_id, amount_fen: 4_322 }]),
  })
  expect(plants.status).toBe(200)
  await world.advance(34 * 3_600_000)
  const { data } = await receiver.heard('reconciliation.break', charge.order_id)
  expect(data).toMatchObject({
    break: {
      kind: 'amount',
      order_id: charge.order_id,
      ours: { amount_fen: 4_321 },
      theirs: { amount_fen: 4_322 },
    },
  })
  await receiver.heard('charge.needs_review', charge.order_id)
  await until(
    'every statement was compared',
    async () =>
      (await world.database.pool.query(`select from statements where state <> 'reconciled'`))
        .rowCount === 0,
  )
  const asked = (await world.sandbox.control.journal())
    .map(({ request }) => JSON.stringify(request?.body ?? ''))
    .filter((body) => /txnType\W+76\b/.test(body) && body.includes(retail))
  const days = (
    await world.database.pool.query('select day from statements where merchant_no = $1', [retail])
  ).rowCount
  expect(asked).toHaveLength(days ?? 0)
})

test('an order that is paid twice is an event of each of its charges', async () => {
  const { want } = await world.signed()
  await world.gateway.addRule({
    match: { amount_fen: 4_399 },
    effect: { kind: 'outcome', resp: '64' },
    times: 1,
  })
  const wish = want(4_399)
  const first = (await world.merchant.charge(wish)).order_id
  await world.merchant.settled(first)
  const retry = (await world.merchant.charge(wish)).order_id
  await world.merchant.settled(retry)
  await world.gateway.probe({ order_id: first, resp_code: '00' })
  for (const order_id of [first, retry]) await receiver.heard('charge.paid_twice', order_id)
})

test('every type that an endpoint can name was heard, each signed', async () => {
  await answerOf(
    client.POST('/v1/webhook-endpoints/{id}/test', {
      params: {
        path: {
          id: (await answerOf(client.GET('/v1/webhook-endpoints'))).webhook_endpoints[0]?.id ?? '',
        },
      },
      body: {},
    }),
  )
  const every = Object.keys({
    'contract.activated': 0,
    'contract.terminated': 0,
    'user.bound': 0,
    'charge.succeeded': 0,
    'charge.failed': 0,
    'charge.needs_review': 0,
    'charge.paid_twice': 0,
    'refund.succeeded': 0,
    'refund.failed': 0,
    'refund.needs_review': 0,
    'reconciliation.break': 0,
    'webhook.test': 0,
  } satisfies Record<WebhookType, 0>)
  expect([...new Set(receiver.received.map(({ type }) => type))].toSorted()).toEqual(
    every.toSorted(),
  )
  expect(receiver.received.every(({ verified_by }) => verified_by.length === 1)).toBe(true)
})

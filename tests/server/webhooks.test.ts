import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { answerOf, createClient } from '../../client/client.ts'
import { startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { until } from '../support/until.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'
import { plan } from '../support/world.ts'

let world: ChargingWorld
let client: ReturnType<typeof createClient>
let receiver: Awaited<ReturnType<typeof startWebhookReceiver>>
let endpoint: { id: string; secret: string }
beforeAll(async () => {
  world = await startChargingWorld()
  client = createClient({
    url: world.url,
    key: await world.key(['read', 'charge', 'refund', 'terminate', 'webhooks']),
  })
})
beforeEach(async () => {
  receiver = await startWebhookReceiver()
  endpoint = await answerOf(client.POST('/v1/webhook-endpoints', { body: { url: receiver.url } }))
  receiver.secrets.push(endpoint.secret)
  return async () => {
    await answerOf(
      client.DELETE('/v1/webhook-endpoints/{id}', { params: { path: { id: endpoint.id } } }),
    )
    await receiver.stop()
  }
})
afterAll(() => world.stop())

const log = async (query: Record<string, string> = {}) =>
  (
    await answerOf(
      client.GET('/v1/webhook-deliveries', {
        params: { query: { endpoint: endpoint.id, ...query } },
      }),
    )
  ).webhook_deliveries
const read = () => answerOf(client.GET('/v1/webhook-endpoints/{id}', { params: path() }))
const path = () => ({ path: { id: endpoint.id } })

describe('events are delivered for', () => {
  test('a contract, its charge, its refund and its end, each once, signed, with its object as the API shows it', async () => {
    const { contract, charge } = await world.paid(350)
    const refund = await world.merchant.refund(charge.order_id, 100)
    await receiver.heard('refund.succeeded', refund.order_id)
    await answerOf(
      client.POST('/v1/contracts/{id}/terminate', { params: { path: { id: contract } } }),
    )
    await receiver.heard('contract.terminated', contract)
    const event = await receiver.heard('charge.succeeded', charge.order_id)
    expect(event.data.charge).toMatchObject({
      order_id: charge.order_id,
      state: 'succeeded',
      amount_fen: 350,
      merchant_order_no: charge.merchant_order_no,
    })
    expect(
      Math.abs(Date.parse(event.timestamp) - Date.parse(charge.settled_at ?? '')),
    ).toBeLessThan(1_000)
    const deliveries = await until('all are delivered', async () => {
      const some = await log()
      return some.length === 4 && some.every(({ state }) => state === 'delivered') ? some : null
    })
    expect(
      receiver
        .about(contract)
        .map(({ type }) => type)
        .toSorted(),
    ).toEqual(['charge.succeeded', 'contract.activated', 'contract.terminated'])
    expect(receiver.received.every(({ verified_by }) => verified_by.length === 1)).toBe(true)
    expect(
      deliveries.map(({ type, attempts }) => [type, attempts.map(({ status }) => status)]),
    ).toContainEqual(['charge.succeeded', [204]])
  })

  test('only the types an endpoint names, and a declined charge by its own type', async () => {
    const picky = await startWebhookReceiver()
    const { id } = await answerOf(
      client.POST('/v1/webhook-endpoints', { body: { url: picky.url, types: ['charge.failed'] } }),
    )
    const { want } = await world.signed()
    await world.paid(350)
    await world.gateway.addRule({
      match: { amount_fen: 1_964 },
      effect: { kind: 'outcome', resp: '64' },
    })
    const { order_id } = await world.merchant.charge(want(1_964))
    await picky.heard('charge.failed', order_id)
    await answerOf(client.DELETE('/v1/webhook-endpoints/{id}', { params: { path: { id } } }))
    await picky.stop()
    expect(picky.received.map(({ type, data }) => [type, data.charge?.order_id])).toEqual([
      ['charge.failed', order_id],
    ])
  })

  test('what happened while there was no endpoint is an event, and can be replayed to the next one', async () => {
    await answerOf(client.DELETE('/v1/webhook-endpoints/{id}', { params: path() }))
    const { charge } = await world.paid(350)
    await until(
      'it is an event',
      async () =>
        (
          await world.database.pool.query('select from webhook_events where subject = $1', [
            charge.order_id,
          ])
        ).rowCount === 1,
    )
    endpoint = await answerOf(client.POST('/v1/webhook-endpoints', { body: { url: receiver.url } }))
    receiver.secrets.push(endpoint.secret)
    expect(receiver.about(charge.order_id)).toEqual([])
    await answerOf(
      client.POST('/v1/webhook-endpoints/{id}/replay', {
        params: path(),
        body: { from: charge.accepted_at },
      }),
    )
    await receiver.heard('charge.succeeded', charge.order_id)
  })
})

describe('no row of the history is skipped or delivered twice', () => {
  const history = (order_id: string) =>
    `insert into order_history (order_id, from_state, to_state, source) values ('${order_id}', 'pending', 'succeeded', 'query')`

  test('when a transaction with an earlier number commits later', async () => {
    const [early, late] = [await world.paid(350), await world.paid(351)]
    await receiver.heard('charge.succeeded', late.charge.order_id)
    await receiver.heard('charge.succeeded', early.charge.order_id)
    receiver.received.length = 0
    const slow = await world.database.pool.connect()
    await slow.query('begin')
    await slow.query(history(early.charge.order_id))
    await world.database.pool.query(history(late.charge.order_id))
    await receiver.heard('charge.succeeded', late.charge.order_id)
    await slow.query('commit')
    slow.release()
    await receiver.heard('charge.succeeded', early.charge.order_id)
    expect(receiver.received.filter(({ type }) => type === 'charge.succeeded')).toHaveLength(2)
  })

  test('by several servers at once, while transactions begin and end', async () => {
    const { contract, charge } = await world.paid(350)
    // events of one payer may arrive in any order: setup events have arrived before anything is
    // counted
    await receiver.heard('contract.activated', contract)
    await receiver.heard('charge.succeeded', charge.order_id)
    receiver.received.length = 0
    const second = await world.secondServer()
    second.startJobs()
    await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const db = await world.database.pool.connect()
        await db.query('begin')
        await db.query(history(charge.order_id))
        await db.query('select pg_sleep($1)', [(index % 7) / 100])
        await db.query(index % 6 === 0 ? 'rollback' : 'commit')
        db.release()
      }),
    )
    await until('fifty events arrived', () => receiver.received.length >= 50)
    expect((await world.database.pool.query('select from event_outbox')).rows).toEqual([])
    await second.close()
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(50)
    expect(receiver.received).toHaveLength(50)
    expect(
      (
        await world.database.pool.query('select from webhook_events where subject = $1', [
          charge.order_id,
        ])
      ).rows,
    ).toHaveLength(51)
  })
})

describe('an endpoint that does not accept an event', () => {
  /**
   * Makes the next attempt of every undelivered event the last one; repeated, since an attempt in
   * progress schedules its own next one.
   */
  const lastGap = () =>
    world.database.pool.query(
      `update webhook_deliveries set tries = 11, due_at = business_now()
       where endpoint_ref = $1 and state = 'pending'`,
      [endpoint.id],
    )

  test('receives it again after growing gaps, with the same id, while another receives it at once', async () => {
    const other = await startWebhookReceiver()
    const { id } = await answerOf(
      client.POST('/v1/webhook-endpoints', { body: { url: other.url } }),
    )
    receiver.state.status = 302
    const { charge } = await world.paid(350)
    await other.heard('charge.succeeded', charge.order_id)
    await until(
      'an attempt failed',
      async () => (await log({ type: 'charge.succeeded' }))[0]?.attempts.length,
    )
    await until('it counts as failing', async () => (await read()).failing_since !== null)
    receiver.state.status = 204
    await world.advance(6_000)
    await until(
      'it is delivered',
      async () => (await log({ type: 'charge.succeeded' }))[0]?.state === 'delivered',
    )
    const statuses = (await log({ type: 'charge.succeeded' }))[0]?.attempts.map(
      ({ status }) => status,
    )
    expect([statuses?.at(-1), new Set(statuses?.slice(0, -1))]).toEqual([204, new Set([302])])
    const told = receiver.received.filter(({ type }) => type === 'charge.succeeded')
    expect(told.map(({ id: one }) => one)).toEqual(statuses?.map(() => told[0]?.id))
    await until('it no longer counts as failing', async () => (await read()).failing_since === null)
    await answerOf(client.DELETE('/v1/webhook-endpoints/{id}', { params: { path: { id } } }))
    await other.stop()
  })

  test('is not disabled for a failure of ours to write the event: it is retried with the same gaps, then given up', async () => {
    const {
      rows: [sealed],
    } = await world.database.pool.query<{ secret_sealed: string }>(
      'select secret_sealed from webhook_endpoints where id = $1',
      [endpoint.id],
    )
    const seal = (text: string) =>
      world.database.pool.query('update webhook_endpoints set secret_sealed = $2 where id = $1', [
        endpoint.id,
        text,
      ])
    await seal('v1.lost')
    const { charge } = await world.paid(350)
    const noted = async () => (await log({ type: 'charge.succeeded' }))[0]
    const failed = await until('it is noted', async () => {
      const found = await noted()
      return found?.attempts.length ? found : null
    })
    expect(failed.state).toBe('pending')
    expect(failed.attempts[0]).toMatchObject({ status: null, problem: 'not_written' })
    await until('it is given up', async () => {
      await lastGap()
      return (await noted())?.state === 'given_up'
    })
    expect(await read()).toMatchObject({
      state: 'active',
      failing_since: null,
    })
    expect(receiver.received).toEqual([])
    await seal(sealed?.secret_sealed ?? '')
    await answerOf(
      client.POST('/v1/webhook-deliveries/{id}/replay', {
        params: { path: { id: (await noted())?.id ?? '' } },
        body: {},
      }),
    )
    await receiver.heard('charge.succeeded', charge.order_id)
  })

  test('is given up after the last gap, disabled after three days with an alarm; replay delivers the missed events', async () => {
    receiver.state.status = 500
    const { charge } = await world.paid(350)
    await until(
      'it failed',
      async () => (await log({ type: 'charge.succeeded' }))[0]?.attempts.length,
    )
    await until('it is given up', async () => {
      await lastGap()
      return (await log({ type: 'charge.succeeded' }))[0]?.state === 'given_up'
    })
    // only now: an endpoint that fails for four days is disabled, and nothing is tried after that
    await world.database.pool.query(
      `update webhook_endpoints set failing_since = business_now() - interval '4 days' where id = $1`,
      [endpoint.id],
    )
    await world.paid(351)
    const disabled = await until('it is disabled', async () => {
      const found = await read()
      return found.state === 'disabled' ? found : null
    })
    expect(disabled.disabled_reason).toBe('failed_too_long')
    expect(
      world.log.some(
        (line) => line.includes('webhook_endpoint_disabled') && line.includes(endpoint.id),
      ),
    ).toBe(true)
    const missed = await world.paid(352)
    await until(
      'it is an event',
      async () =>
        (
          await world.database.pool.query('select from webhook_events where subject = $1', [
            missed.charge.order_id,
          ])
        ).rows.length === 1,
    )
    receiver.state.status = 200
    receiver.received.length = 0
    await answerOf(client.POST('/v1/webhook-endpoints/{id}/enable', { params: path(), body: {} }))
    const { replayed } = await answerOf(
      client.POST('/v1/webhook-endpoints/{id}/replay', {
        params: path(),
        body: { from: charge.accepted_at },
      }),
    )
    expect(replayed).toBeGreaterThanOrEqual(3)
    await receiver.heard('charge.succeeded', missed.charge.order_id)
    await receiver.heard('charge.succeeded', charge.order_id)
  })

  test('and says 410 is disabled at once', async () => {
    receiver.state.status = 410
    expect(
      (await answerOf(client.POST('/v1/webhook-endpoints/{id}/test', { params: path(), body: {} })))
        .attempts,
    ).toMatchObject([{ status: 410 }])
    expect(await read()).toMatchObject({
      state: 'disabled',
      disabled_reason: 'answered_gone',
    })
  })

  test('does not delay the others by never answering', async () => {
    receiver.state.hangs = true
    const other = await startWebhookReceiver()
    const { id } = await answerOf(
      client.POST('/v1/webhook-endpoints', { body: { url: other.url } }),
    )
    const { charge } = await world.paid(350)
    await until('the silent one was asked', () => receiver.received.length > 0)
    const after = await world.paid(351)
    await other.heard('charge.succeeded', after.charge.order_id)
    await other.heard('charge.succeeded', charge.order_id)
    receiver.state.hangs = false
    await receiver.stop()
    await answerOf(client.DELETE('/v1/webhook-endpoints/{id}', { params: { path: { id } } }))
    await other.stop()
  })
})

test('the sandbox’s shop subscribes, verifies with its own implementation and lists the received events', async () => {
  await writeFile(world.sandbox.settings.shop_key_file as string, await world.key(['webhooks']))
  const shop = `${world.sandbox.url}/_pages/shop/webhooks`
  expect(await (await fetch(`${shop}/subscription`, { method: 'POST' })).json()).toEqual({
    subscribed: true,
  })
  const { charge } = await world.paid(350)
  const heard = await until('the shop heard it', async () => {
    const { webhooks } = (await (await fetch(shop)).json()) as {
      webhooks: { id: string; type: string; data: { charge?: { order_id: string } } }[]
    }
    return webhooks.find(
      ({ type, data }) => type === 'charge.succeeded' && data.charge?.order_id === charge.order_id,
    )
  })
  const forged = await fetch(shop, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': heard.id,
      'webhook-timestamp': '1',
      'webhook-signature': 'v1,AAAA',
    },
    body: '{}',
  })
  expect(forged.status).toBe(401)
})

test('a test is signed, told of in the log, and can be replayed', async () => {
  const sent = await answerOf(
    client.POST('/v1/webhook-endpoints/{id}/test', { params: path(), body: {} }),
  )
  expect(sent).toMatchObject({
    type: 'webhook.test',
    state: 'delivered',
    attempts: [{ status: 204, problem: null }],
  })
  await answerOf(
    client.POST('/v1/webhook-deliveries/{id}/replay', {
      params: { path: { id: sent.id } },
      body: {},
    }),
  )
  await until('it came again', () => receiver.received.length === 2)
  expect(receiver.received.map(({ id, verified_by }) => [id, verified_by.length])).toEqual([
    [sent.event, 1],
    [sent.event, 1],
  ])
})

test('after a rotation both secrets verify', async () => {
  const { secret } = await answerOf(
    client.POST('/v1/webhook-endpoints/{id}/rotation', { params: path(), body: {} }),
  )
  receiver.secrets.push(secret)
  await answerOf(client.POST('/v1/webhook-endpoints/{id}/test', { params: path(), body: {} }))
  expect(receiver.received[0]?.verified_by).toEqual([endpoint.secret, secret])
  const { rows } = await world.database.pool.query<{ sealed: string }>(
    `select secret_sealed || previous_sealed as sealed from webhook_endpoints where id = $1`,
    [endpoint.id],
  )
  expect(rows[0]?.sealed).not.toContain('whsec_')
})

test('a key that is limited to plans neither adds an endpoint nor reads the log', async () => {
  const bound = createClient({
    url: world.url,
    key: await world.key(['read', 'webhooks'], [plan.vending]),
  })
  expect(await bound.POST('/v1/webhook-endpoints', { body: { url: receiver.url } })).toMatchObject({
    response: { status: 403 },
    error: { code: 'verb_not_allowed' },
  })
  expect(await bound.GET('/v1/webhook-deliveries')).toMatchObject({
    response: { status: 403 },
  })
  expect(await client.POST('/v1/webhook-endpoints', { body: { url: 'ftp://x/' } })).toMatchObject({
    response: { status: 422 },
    error: { code: 'webhook_url_refused', fields: [{ path: 'url' }] },
  })
})

import { setTimeout as wait } from 'node:timers/promises'
import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerOf, createClient, RefusedByServer } from '../../client/client.ts'
import type { FeedEventView } from '../../server/api.ts'
import { startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import {
  changeCharge,
  connectionsBeside,
  createFeedReader,
  newInstant,
  positionsOf,
  shows,
  timesOf,
} from '../support/feed.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'
import { plan } from '../support/world.ts'

/**
 * GET /v1/events while others write. Two servers assign positions on one database; no webhook
 * endpoint exists unless a test adds one.
 */

let world: ChargingWorld
let second: Awaited<ReturnType<ChargingWorld['secondServer']>>
let reader: Awaited<ReturnType<typeof createFeedReader>>
let beside: Pool
beforeAll(async () => {
  world = await startChargingWorld()
  second = await world.secondServer()
  second.startJobs()
  reader = await createFeedReader(world)
  beside = await connectionsBeside(world)
})
afterAll(async () => {
  await beside.end()
  await second.close()
  await world.stop()
})

describe('nothing is skipped', () => {
  test('a change whose transaction began first and commits last is read by readers that are already past the others', async () => {
    const { charge } = await world.paid(350)
    const [long, short] = [newInstant(), newInstant()]
    const start = await reader.here()
    const slow = await beside.connect()
    await slow.query('begin')
    await changeCharge(slow, charge.order_id, long)
    await changeCharge(beside, charge.order_id, short)
    const before = await reader.collect(start, shows(short))
    expect(shows(long)(before)).toBe(false)
    await slow.query('commit')
    slow.release()
    const last = before.at(-1)?.position ?? 0
    expect(positionsOf(await reader.collect(last, shows(long)))).toEqual([last + 1])
  })

  test('while transactions of all lengths commit in any order, each change is listed once, positions rise, and the changes of one order keep their order', async () => {
    const charges = await Promise.all([351, 352, 353, 354].map((fen) => world.paid(fen)))
    const start = await reader.here()
    const committed: { order_id: string; at: string }[] = []
    let left = 40
    const write = async (order_id: string, until_commit: () => Promise<unknown>, stays = true) => {
      const db = await beside.connect()
      await db.query('begin')
      await db.query('select from charges where order_id = $1 for update', [order_id])
      const at = newInstant()
      await changeCharge(db, order_id, at)
      await until_commit()
      await db.query(stays ? 'commit' : 'rollback')
      if (stays) committed.push({ order_id, at: at.toISOString() })
      db.release()
    }
    const [first = '', ...others] = charges.map(({ charge }) => charge.order_id)
    const short = Array.from({ length: 5 }, async (_, writer) => {
      while (left-- > 0) {
        const [order_id = '', ms, stays] = [
          others[left % others.length],
          ((left + writer) % 5) * 25,
          left % 7 !== 3,
        ]
        await write(order_id, () => wait(ms), stays)
      }
    })
    let all_written = false
    // it begins before the others have ended and commits after all of them
    const long = write(first, () => Promise.all(short)).then(() => (all_written = true))
    const seen = await reader.collect(
      start,
      (some) => all_written && some.length >= committed.length,
      7,
    )
    await long
    expect(committed).toHaveLength(35)
    expect(timesOf(seen).toSorted()).toEqual(committed.map(({ at }) => at).toSorted())
    expect(positionsOf(seen)).toEqual(seen.map((_, index) => start + 1 + index))
    for (const { charge } of charges)
      expect(timesOf(seen.filter((event) => chargeOf(event) === charge.order_id))).toEqual(
        committed
          .filter(({ order_id }) => order_id === charge.order_id)
          .map(({ at }) => at)
          .toSorted(),
      )
  })
})

const chargeIn = (event: FeedEventView | undefined) =>
  event && 'charge' in event.data ? event.data.charge : null

const chargeOf = ({ data }: FeedEventView): string | null =>
  'charge' in data ? data.charge.order_id : null

describe('the feed contains', () => {
  test('a contract, its charge, its refund and its end while no endpoint exists, each with its object as the API shows it', async () => {
    const start = await reader.here()
    const { contract, charge } = await world.paid(350)
    const refund = await world.merchant.refund(charge.order_id, 100)
    const merchant = createClient({ url: world.url, key: await world.key(['terminate']) })
    await reader.collect(start, (seen) => seen.some(({ type }) => type === 'refund.succeeded'))
    await answerOf(
      merchant.POST('/v1/contracts/{id}/terminate', { params: { path: { id: contract } } }),
    )
    const seen = await reader.collect(start, (some) =>
      some.some(({ type }) => type === 'contract.terminated'),
    )
    expect(seen.map(({ type }) => type)).toEqual([
      'contract.activated',
      'charge.succeeded',
      'refund.succeeded',
      'contract.terminated',
    ])
    const now = await answerOf(
      reader.client.GET('/v1/charges/{order_id}', {
        params: { path: { order_id: charge.order_id } },
      }),
    )
    expect(seen[1]?.data).toEqual({ charge: expect.objectContaining({ order_id: now.order_id }) })
    expect(now).toMatchObject(chargeIn(seen[1]) ?? {})
    expect(seen[2]?.data).toMatchObject({ refund: { order_id: refund.order_id } })
    expect((await world.database.pool.query('select from webhook_endpoints')).rowCount).toBe(0)
  })

  test('the same content as the webhook of the event, at the same position', async () => {
    const receiver = await startWebhookReceiver()
    const owner = createClient({ url: world.url, key: await world.key(['webhooks']) })
    const { id, secret } = await answerOf(
      owner.POST('/v1/webhook-endpoints', { body: { url: receiver.url } }),
    )
    receiver.secrets.push(secret)
    const start = await reader.here()
    const { charge } = await world.paid(350)
    const heard = await receiver.heard('charge.succeeded', charge.order_id)
    const seen = await reader.collect(start, (some) =>
      some.some((event) => chargeOf(event) === charge.order_id),
    )
    const { type, timestamp, position, data } = heard
    expect(seen.find((event) => chargeOf(event) === charge.order_id)).toEqual({
      type,
      timestamp,
      position,
      data,
    })
    await answerOf(owner.DELETE('/v1/webhook-endpoints/{id}', { params: { path: { id } } }))
    await receiver.stop()
  })

  test('only the plans of the key: it skips other plans, and events without a plan', async () => {
    const start = await reader.here()
    const mine = await createFeedReader(world, [plan.metro])
    const vending = await world.paid(350)
    const { want } = await world.signed(plan.metro)
    const { order_id } = await world.merchant.charge(want(360))
    await world.merchant.settled(order_id)
    const other = await world.paid(352)
    await reader.collect(start, (seen) =>
      seen.some((event) => chargeOf(event) === other.charge.order_id),
    )
    const seen = await mine.collect(start, (some) => some.length >= 2)
    expect(seen.map(({ type }) => type)).toEqual(['contract.activated', 'charge.succeeded'])
    expect(chargeOf(seen[1] as FeedEventView)).toBe(order_id)
    expect(await mine.read(start)).toMatchObject({
      next_after: await reader.here(),
      has_more: false,
    })
    expect(await mine.read(start, 1)).toMatchObject({
      events: [{ type: 'contract.activated' }],
      next_after: seen[0]?.position,
      has_more: true,
    })
    expect(vending.charge.plan_id).not.toBe(plan.metro)
    await beside.query('update webhook_events set plan_id = null where position = $1', [
      seen[1]?.position,
    ])
    expect((await mine.read(start)).events.map(({ type }) => type)).toEqual(['contract.activated'])
    const blind = createClient({ url: world.url, key: await world.key(['charge']) })
    await expect(answerOf(blind.GET('/v1/events'))).rejects.toBeInstanceOf(RefusedByServer)
  })
})

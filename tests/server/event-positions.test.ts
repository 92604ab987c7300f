import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerOf, createClient } from '../../client/client.ts'
import { realClock } from '../../server/kernel/clock.ts'
import { systemRandom } from '../../server/kernel/ids.ts'
import { announceEvents } from '../../server/webhooks/announce-events.ts'
import type { WebhooksContext } from '../../server/webhooks/context.ts'
import { deleteExpiredEvents } from '../../server/webhooks/open.ts'
import { lockPositions } from '../../server/webhooks/outbox-store.ts'
import { startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import {
  changeCharge,
  connectionsBeside,
  createFeedReader,
  newInstant,
  positionsOf,
  timesOf,
} from '../support/feed.ts'

/**
 * How positions are assigned and how long events are stored. Only the jobs that a test runs are
 * active.
 */

let world: ChargingWorld
let reader: Awaited<ReturnType<typeof createFeedReader>>
let beside: Pool
let order_id: string
beforeAll(async () => {
  world = await startChargingWorld({ jobs: false })
  reader = await createFeedReader(world)
  beside = await connectionsBeside(world)
  order_id = (await world.paid(350)).charge.order_id
  await announce()
})
afterAll(async () => {
  await beside.end()
  await world.stop()
})

const announce = (pool: Pool = beside): Promise<number> =>
  announceEvents({
    database: { pool },
    clock: realClock,
    random: systemRandom,
  } as unknown as WebhooksContext)
const change = (count: number): Promise<Date[]> => {
  const at = Array.from({ length: count }, newInstant)
  return changeCharge(beside, order_id, ...at).then(() => at)
}
const texts = (at: readonly Date[]): string[] => at.map((one) => one.toISOString())

describe('positions are assigned', () => {
  test('by one process at a time: another finds nothing to do and does not wait', async () => {
    const start = await reader.here()
    const db = await beside.connect()
    await db.query('begin')
    expect(await lockPositions(db)).toBe(true)
    const at = await change(1)
    expect(await announce()).toBe(0)
    await db.query('rollback')
    db.release()
    expect(await announce()).toBe(1)
    expect(timesOf((await reader.read(start)).events)).toEqual(texts(at))
  })

  test('in many steps at once, one for each change, without a gap', async () => {
    const start = await reader.here()
    const at = await change(450)
    while ((await Promise.all(Array.from({ length: 6 }, () => announce()))).some((n) => n > 0));
    const seen = await reader.collect(start, (some) => some.length >= 450)
    expect(timesOf(seen)).toEqual(texts(at))
    expect(positionsOf(seen)).toEqual(seen.map((_, index) => start + 1 + index))
  })

  test.for([
    ['before it commits', false],
    ['after it committed, before it hears of it', true],
  ] as const)(
    'once, when the process dies %s: nothing is skipped and nothing is listed twice',
    async ([, commits]) => {
      const start = await reader.here()
      const at = await change(3)
      await expect(announce(dyingAtCommit(commits))).rejects.toThrow(
        'connection was lost while committing',
      )
      await announce()
      const { events } = await reader.read(start)
      expect(timesOf(events)).toEqual(texts(at))
      expect(positionsOf(events)).toEqual([start + 1, start + 2, start + 3])
    },
  )

  test('to every change that a trigger records: none writes to the old outbox', async () => {
    const { rows } = await beside.query(
      `select proname from pg_proc where prosrc ~* 'insert into webhook_outbox' or prosrc ~* 'webhook_endpoints'`,
    )
    expect(rows).toEqual([])
  })
})

/** Connections of a process that dies when it tries to commit. */
const dyingAtCommit = (commits: boolean): Pool =>
  ({
    async connect() {
      const client = await beside.connect()
      return {
        async query(text: string, values?: unknown[]) {
          if (text !== 'commit') return client.query(text, values)
          await client.query(commits ? 'commit' : 'rollback')
          throw Object.assign(new Error('Connection terminated unexpectedly'), {
            code: 'ECONNRESET',
          })
        },
        release: () => client.release(true),
      }
    },
  }) as unknown as Pool

describe('the feed begins later when old events were deleted', () => {
  const deleteOld = (): Promise<number> => deleteExpiredEvents(beside, 30)
  const age = (from: number, to: number): Promise<unknown> =>
    beside.query(
      `update webhook_events set made_at = now() - interval '31 days' where position between $1 and $2`,
      [from, to],
    )

  test('a position before the first stored one is refused with the position to continue at; without one the reader begins there', async () => {
    const start = await reader.here()
    await change(6)
    await announce()
    await age(1, start + 2)
    // only its clock makes it older than its successors: it is retained
    await age(start + 4, start + 4)
    expect(await deleteOld()).toBe(start + 2)
    expect(await deleteOld()).toBe(0)
    const stored = [start + 3, start + 4, start + 5, start + 6]
    expect(positionsOf((await reader.read()).events)).toEqual(stored)
    expect(positionsOf((await reader.read(start + 2)).events)).toEqual(stored)
    for (const after of [0, start + 1])
      expect(
        await reader.client.GET('/v1/events', { params: { query: { after: String(after) } } }),
      ).toMatchObject({
        response: { status: 410 },
        error: {
          code: 'feed_expired',
          fields: [{ path: 'after', problem: expect.stringContaining(`${start + 2}`) }],
        },
      })
    expect(await reader.read('latest')).toEqual({
      events: [],
      next_after: start + 6,
      has_more: false,
    })
  })

  test('a position that was never assigned is refused', async () => {
    const next = (await reader.here()) + 1
    expect(
      await reader.client.GET('/v1/events', { params: { query: { after: String(next) } } }),
    ).toMatchObject({ response: { status: 409 }, error: { code: 'feed_position_unknown' } })
    expect(await reader.read(next - 1)).toMatchObject({ events: [], next_after: next - 1 })
    for (const after of ['-1', '1.5', 'x', '']) {
      const { response } = await reader.client.GET('/v1/events', { params: { query: { after } } })
      expect([after, response.status]).toEqual([after, 400])
    }
  })

  test('an event that is still undelivered to an active endpoint is not deleted, one of a disabled endpoint is', async () => {
    const owner = createClient({ url: world.url, key: await world.key(['webhooks']) })
    const { id } = await answerOf(
      owner.POST('/v1/webhook-endpoints', { body: { url: 'http://localhost:9/nobody' } }),
    )
    const start = await reader.here()
    await change(2)
    await announce()
    await beside.query(
      `update webhook_deliveries set state = 'delivered' where event_ref = (select id from webhook_events where position = $1)`,
      [start + 1],
    )
    await age(1, start + 2)
    const left = async (): Promise<number[]> =>
      (
        await beside.query<{ position: number }>(
          'select position from webhook_events where position > $1 order by position',
          [start],
        )
      ).rows.map(({ position }) => position)
    await deleteOld()
    expect(await left()).toEqual([start + 2])
    expect(await reader.read(start + 2)).toMatchObject({ events: [] })
    await answerOf(
      owner.POST('/v1/webhook-endpoints/{id}/disable', { params: { path: { id } }, body: {} }),
    )
    await deleteOld()
    expect(await left()).toEqual([])
  })

  test('deleting, replaying and removing an endpoint at once never deadlock', async () => {
    const owner = createClient({ url: world.url, key: await world.key(['webhooks']) })
    for (let round = 0; round < 8; round++) {
      const { id } = await answerOf(
        owner.POST('/v1/webhook-endpoints', { body: { url: 'http://localhost:9/nobody' } }),
      )
      const start = await reader.here()
      await change(150)
      await announce()
      await beside.query(`update webhook_deliveries set state = 'delivered'`)
      await age(1, start + 75)
      const replay = () =>
        owner.POST('/v1/webhook-endpoints/{id}/replay', {
          params: { path: { id } },
          body: { from: '2025-01-01T00:00:00Z' },
        })
      const ended = await Promise.allSettled([
        deleteOld(),
        replay(),
        replay(),
        deleteOld(),
        owner.DELETE('/v1/webhook-endpoints/{id}', { params: { path: { id } } }),
      ])
      expect(
        ended.map((one) =>
          one.status === 'rejected'
            ? String(one.reason)
            : (one.value as { response?: Response }).response?.status,
        ),
      ).not.toContainEqual(500)
      expect(ended.filter(({ status }) => status === 'rejected')).toEqual([])
      await deleteOld()
    }
    expect(world.log.filter((line) => line.includes('40P01'))).toEqual([])
  })
})

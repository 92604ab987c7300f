import type pg from 'pg'
import type { Pool } from 'pg'
import { answerOf, createClient } from '../../client/client.ts'
import type { FeedEventView } from '../../server/api.ts'
import { createPool } from '../../server/storage/pool.ts'
import type { ChargingWorld } from './charging.ts'
import { databaseAddress } from './database.ts'
import { until } from './until.ts'

/** A merchant's system that reads the feed, and changes that appear in it. */
export async function createFeedReader(world: ChargingWorld, plan_ids: string[] = []) {
  const client = createClient({ url: world.url, key: await world.key(['read'], plan_ids) })
  const reader = {
    client,
    read: (after?: number | 'latest', limit = 100) =>
      answerOf(
        client.GET('/v1/events', {
          params: {
            query: {
              limit: String(limit),
              ...(after === undefined ? {} : { after: String(after) }),
            },
          },
        }),
      ),
    /** the newest position, when every change before has one */
    async here(): Promise<number> {
      await until(
        'every change has a position',
        async () => (await world.database.pool.query('select from event_outbox')).rowCount === 0,
      )
      return (await reader.read('latest')).next_after
    },
    /** Every event after a position, page by page, until `enough` holds. */
    async collect(
      after: number,
      enough: (seen: readonly FeedEventView[]) => boolean,
      limit = 100,
    ): Promise<FeedEventView[]> {
      const seen: FeedEventView[] = []
      await until('the feed shows what was waited for', async () => {
        for (let more = true; more;) {
          const page = await reader.read(after, limit)
          seen.push(...page.events)
          after = page.next_after
          more = page.has_more
        }
        return enough(seen)
      })
      return seen
    },
  }
  return reader
}

/** Connections besides those of the servers. */
export async function connectionsBeside(world: ChargingWorld): Promise<Pool> {
  const { rows } = await world.database.pool.query<{ name: string }>(
    'select current_database() as name',
  )
  const { connection } = databaseAddress()
  return createPool({ ...connection, database: rows[0]?.name ?? '' })
}

let instants = 0
/** A unique instant that identifies a change. */
export const newInstant = (): Date => new Date(Date.UTC(2026, 0, 1) + (instants += 1_000))

/** Changes of a paid charge, in this order. */
export const changeCharge = (db: Pick<pg.Client, 'query'>, order_id: string, ...at: Date[]) =>
  db.query(
    `insert into order_history (order_id, from_state, to_state, source, at)
     select $1, 'pending', 'succeeded', 'query', at from unnest($2::timestamptz[]) at`,
    [order_id, at],
  )

export const shows =
  (...at: Date[]) =>
  (seen: readonly FeedEventView[]): boolean =>
    at.every((one) => seen.some(({ timestamp }) => timestamp === one.toISOString()))

export const timesOf = (seen: readonly FeedEventView[]): string[] =>
  seen.map(({ timestamp }) => timestamp)
export const positionsOf = (seen: readonly FeedEventView[]): number[] =>
  seen.map(({ position }) => position)

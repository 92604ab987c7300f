import { newId } from '../kernel/ids.ts'
import { transaction } from '../storage/database.ts'
import type { WebhooksContext } from './context.ts'
import { typesOf } from './event.ts'
import {
  insertDeliveries,
  insertEvents,
  lockListening,
  takeOutbox,
  type NewEvent,
} from './outbox-store.ts'

const batch = 200

/** Turns history rows into events, and each into a delivery to every endpoint that wants it, in one transaction. Returns how many rows. */
export async function announceEvents({
  database,
  clock,
  random,
}: WebhooksContext): Promise<number> {
  return transaction(database, async (db) => {
    const rows = await takeOutbox(db, batch)
    const events: NewEvent[] = rows.flatMap((row) =>
      typesOf(row).map((type) => ({
        id: newId(clock, random),
        type,
        source: row.source,
        source_seq: row.source_seq,
        subject: row.subject,
        occurred_at: row.occurred_at,
      })),
    )
    if (events.length === 0) return rows.length
    await insertEvents(db, events)
    const endpoints = await lockListening(db)
    await insertDeliveries(
      db,
      events.flatMap((event) =>
        endpoints
          .filter(({ types }) => types.length === 0 || types.includes(event.type))
          .map(({ id }) => ({ id: newId(clock, random), event_ref: event.id, endpoint_ref: id })),
      ),
    )
    return rows.length
  })
}

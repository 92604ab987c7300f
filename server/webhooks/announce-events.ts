import { newId } from '../kernel/ids.ts'
import { repeatableTransaction, type Queryable } from '../storage/database.ts'
import type { WebhooksContext } from './context.ts'
import { typesOf, type HistoryRow } from './event.ts'
import {
  givePositions,
  insertDeliveries,
  insertEvents,
  lockListening,
  lockPositions,
  takeOutbox,
  type NewEvent,
} from './outbox-store.ts'

const batch = 200

/**
 * Turns committed history rows into events with the next positions of the feed, and each into a
 * delivery to every endpoint that wants it, in one transaction. One process does so at a time: a
 * reader that sees a position sees every lower one. A row that commits late gets a late position
 * and is never skipped. Returns how many rows; 0 too while another process is at it.
 */
export async function announceEvents(context: WebhooksContext): Promise<number> {
  return repeatableTransaction(context.database, async (db) => {
    if (!(await lockPositions(db))) return 0
    const rows = await takeOutbox(db, batch)
    await announce(db, context, rows)
    return rows.length
  })
}

async function announce(
  db: Queryable,
  { clock, random }: WebhooksContext,
  rows: readonly HistoryRow[],
): Promise<void> {
  const changes = rows.flatMap((row) => typesOf(row).map((type) => ({ row, type })))
  if (changes.length === 0) return
  const first = await givePositions(db, changes.length)
  const endpoints = await lockListening(db)
  const events: NewEvent[] = changes.map(({ row, type }, index) => ({
    id: newId(clock, random),
    type,
    source: row.source,
    source_seq: row.source_seq,
    subject: row.subject,
    plan_id: row.plan_id,
    position: first + index,
    occurred_at: row.occurred_at,
  }))
  await insertEvents(db, events)
  await insertDeliveries(
    db,
    events.flatMap((event) =>
      endpoints
        .filter(({ types }) => types.length === 0 || types.includes(event.type))
        .map(({ id }) => ({ id: newId(clock, random), event_ref: event.id, endpoint_ref: id })),
    ),
  )
}

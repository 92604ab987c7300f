import type { SandboxClock } from './clock.ts'
import { maskValue } from './journal-mask.ts'
import type { Database } from './store/database.ts'

/** One message sent or received, or an action of a page or the bridge script. */
export type NewEntry = {
  direction: 'in' | 'out' | 'page' | 'bridge'
  kind: string
  summary: string
  user_id?: string
  request?: { method?: string; url?: string; headers?: unknown; body?: unknown }
  response?: { status?: number; body?: unknown } | null
  duration_ms?: number
  rule?: string
}
export type Entry = NewEntry & { seq: number; at: string }

export type Journal = {
  add(entry: NewEntry): Entry
  /** Entries with a number above `after`, oldest first; without `after` the latest ones. */
  read(after: number | null, limit: number): Entry[]
  subscribe(listener: (entry: Entry) => void): () => void
}

const most_entries = 5_000

/**
 * Secrets, tokens and codes are shortened before an entry is stored. The last 5,000 entries are
 * retained.
 */
export function createJournal(database: Database, clock: SandboxClock): Journal {
  const insert = database.prepare('INSERT INTO journal (entry) VALUES (?)')
  const trim = database.prepare('DELETE FROM journal WHERE seq <= ?')
  const since = database.prepare(
    'SELECT seq, entry FROM journal WHERE seq > ? ORDER BY seq LIMIT ?',
  )
  const latest = database.prepare(
    'SELECT seq, entry FROM (SELECT * FROM journal ORDER BY seq DESC LIMIT ?) ORDER BY seq',
  )
  const listeners = new Set<(entry: Entry) => void>()
  const readRow = (row: Record<string, unknown>): Entry => ({
    seq: row.seq as number,
    ...(JSON.parse(row.entry as string) as Omit<Entry, 'seq'>),
  })
  return {
    add(entry) {
      const { request, response = null, duration_ms = 0, ...rest } = entry
      const kept_entry = {
        at: clock.now().toISOString(),
        ...rest,
        request: {
          method: '',
          ...request,
          url: maskValue(request?.url ?? '') as string,
          headers: maskValue(request?.headers),
          body: maskValue(request?.body),
        },
        response: response && { ...response, body: maskValue(response.body) },
        duration_ms: Math.round(duration_ms * 10) / 10,
      }
      const seq = Number(insert.run(JSON.stringify(kept_entry)).lastInsertRowid)
      if (seq % 100 === 0) trim.run(seq - most_entries)
      const written = { seq, ...kept_entry }
      for (const listener of listeners) listener(written)
      return written
    },
    read: (after, limit) =>
      (after === null ? latest.all(limit) : since.all(after, limit)).map(readRow),
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

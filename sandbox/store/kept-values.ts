import type { Database } from './database.ts'

/** Single values by name: settings, the clock's offset, the notification key. */
export type KeptValues = {
  read(name: string): string | null
  write(name: string, value: string): void
  forget(name: string): void
}

export function createKeptValues(database: Database): KeptValues {
  const read = database.prepare('SELECT value FROM kept_values WHERE name = ?')
  const write = database.prepare(
    'INSERT INTO kept_values (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  )
  const forget = database.prepare('DELETE FROM kept_values WHERE name = ?')
  return {
    read: (name) => (read.get(name)?.value as string | undefined) ?? null,
    write: (name, value) => void write.run(name, value),
    forget: (name) => void forget.run(name),
  }
}

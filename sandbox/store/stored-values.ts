import type { Database } from './database.ts'

/** Single values by name: settings, the clock's offset, the notification key. */
export type StoredValues = {
  read(name: string): string | null
  write(name: string, value: string): void
  remove(name: string): void
}

export function createStoredValues(database: Database): StoredValues {
  const read = database.prepare('SELECT value FROM kept_values WHERE name = ?')
  const write = database.prepare(
    'INSERT INTO kept_values (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  )
  const remove = database.prepare('DELETE FROM kept_values WHERE name = ?')
  return {
    read: (name) => (read.get(name)?.value as string | undefined) ?? null,
    write: (name, value) => void write.run(name, value),
    remove: (name) => void remove.run(name),
  }
}

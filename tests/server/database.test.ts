import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import {
  CommitInDoubt,
  isUniqueViolation,
  openDatabase,
  repeatableTransaction,
  repeatOnConflict,
  transaction,
} from '../../server/storage/database.ts'
import { requireDurable } from '../../server/storage/durability.ts'
import { migrate } from '../../server/storage/migrate.ts'
import { createPool, mayTakeLong } from '../../server/storage/pool.ts'
import { openProxy } from '../processes/tcp-proxy.ts'
import { createTestDatabase, databaseAddress, type TestDatabase } from '../support/database.ts'

let made: TestDatabase
beforeAll(async () => {
  made = await createTestDatabase()
  await made.database.pool.query('create table notes (id int primary key, text text)')
})
afterAll(() => made.drop())

const count = async (): Promise<number> =>
  (await made.database.pool.query<{ n: number }>('select count(*) as n from notes')).rows[0]!.n
const clear = () => made.database.pool.query('delete from notes')

describe('values', () => {
  test('int8 comes back as a number, timestamptz as a Date, date as text', async () => {
    const { rows } = await made.database.pool.query(
      `select 9007199254740991::int8 as big, '2026-11-22T12:00:00+08'::timestamptz as at, '2026-11-22'::date as day`,
    )
    expect(rows[0]).toEqual({
      big: 9_007_199_254_740_991,
      at: new Date('2026-11-22T04:00:00Z'),
      day: '2026-11-22',
    })
  })

  test('an int8 that a number cannot hold is an error, not a rounded number', async () => {
    await expect(made.database.pool.query('select 9007199254740993::int8 as big')).rejects.toThrow(
      /does not fit/,
    )
    await expect(made.database.pool.query('select 1 as one')).resolves.toMatchObject({
      rows: [{ one: 1 }],
    })
  })
})

describe('transaction', () => {
  test('is committed when it returns', async () => {
    await clear()
    const result = await transaction(made.database, async (db) => {
      await db.query(`insert into notes values (1, 'a')`)
      return 'done'
    })
    expect([result, await count()]).toEqual(['done', 1])
  })

  test('is rolled back when it throws, and the error is passed on', async () => {
    await clear()
    const failing = transaction(made.database, async (db) => {
      await db.query(`insert into notes values (1, 'a')`)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await count()).toBe(0)
  })

  test('with a failed statement whose error was swallowed does not count as committed', async () => {
    await clear()
    const failing = transaction(made.database, async (db) => {
      await db.query(`insert into notes values (1, 'a')`)
      await db.query(`insert into notes values (1, 'b')`).catch(() => {})
    })
    await expect(failing).rejects.toThrow(/rolled back/)
    expect(await count()).toBe(0)
  })

  test('whose connection was lost before the commit was answered is in doubt', async () => {
    await clear()
    const failing = transaction(made.database, async (db) => {
      const { rows } = await db.query<{ pid: number }>('select pg_backend_pid() as pid')
      await made.database.pool.query('select pg_terminate_backend($1)', [rows[0]!.pid])
    })
    await expect(failing).rejects.toBeInstanceOf(CommitInDoubt)
    expect(await count()).toBe(0)
  })

  test('fails more often than the pool has connections, and the pool stays usable', async () => {
    for (let turn = 0; turn < 12; turn++)
      await transaction(made.database, (db) => db.query('nonsense')).catch(() => {})
    await expect(count()).resolves.toBeTypeOf('number')
    expect(made.database.pool.waitingCount).toBe(0)
  })

  test('with a unique violation is distinguished from other errors', async () => {
    await clear()
    await made.database.pool.query(`insert into notes values (1, 'a')`)
    const again = await made.database.pool
      .query(`insert into notes values (1, 'a')`)
      .catch((error: unknown) => error)
    expect([
      isUniqueViolation(again),
      isUniqueViolation(again, 'notes_pkey'),
      isUniqueViolation(again, 'other'),
    ]).toEqual([true, true, false])
    expect(isUniqueViolation(new Error('23505'))).toBe(false)
  })
})

/** A folder with our migrations as a checkout with these line ends has them. */
async function migrationsWith(line_end: '\n' | '\r\n'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wugan-migrations-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const ours = join(import.meta.dirname, '../../server/storage/migrations')
  for (const name of await readdir(ours)) {
    const text = (await readFile(join(ours, name), 'utf8')).replaceAll('\r\n', '\n')
    await writeFile(join(folder, name), text.replaceAll('\n', line_end))
  }
  return folder
}

/** The effects of the migrations: their checksums, and the source of every function of ours. */
const schemaOf = async ({ database: { pool } }: TestDatabase): Promise<unknown[]> => [
  (await pool.query('select version, md5 from schema_versions order by version')).rows,
  (
    await pool.query(
      `select proname, prosrc from pg_proc where pronamespace = 'public'::regnamespace order by 1, 2`,
    )
  ).rows,
]
describe('a transaction that is repeated on conflict', () => {
  test('and locks the same rows crosswise with another ends, as does the other, each done once', async () => {
    await clear()
    await made.database.pool.query(`insert into notes values (1, ''), (2, '')`)
    const both_hold_one = Promise.withResolvers<void>()
    let holding = 0
    let runs = 0
    const append = (ids: readonly [number, number], letter: string) =>
      repeatableTransaction(made.database, async (db) => {
        runs++
        const write = `update notes set text = text || $2 where id = $1`
        await db.query(write, [ids[0], letter])
        holding++
        if (holding === 2) both_hold_one.resolve()
        await both_hold_one.promise
        await db.query(write, [ids[1], letter])
      })
    await Promise.all([append([1, 2], 'a'), append([2, 1], 'b')])
    const { rows } = await made.database.pool.query<{ text: string }>('select text from notes')
    expect(rows.map(({ text }) => text.split('').toSorted().join(''))).toEqual(['ab', 'ab'])
    expect(runs).toBe(3)
  })

  test('has a serialization conflict three times is repeated and then throws; another error is thrown at once', async () => {
    const raise = (code: string) =>
      made.database.pool.query(`do $$ begin raise exception 'x' using errcode = '${code}'; end $$`)
    for (const [code, times] of [
      ['40001', 4],
      ['40P01', 4],
      ['23505', 1],
      ['57014', 1],
    ] as const) {
      let runs = 0
      const failing = repeatOnConflict(() => {
        runs++
        return raise(code)
      })
      await expect(failing).rejects.toMatchObject({ code })
      expect([code, runs]).toEqual([code, times])
    }
  })
})

describe('migrations', () => {
  test.each([
    ['LF', 'CRLF', '\n', '\r\n'],
    ['CRLF', 'LF', '\r\n', '\n'],
  ] as const)(
    'open a database made by a checkout with %s from one with %s',
    async (_made, _opened, made_with, opened_with) => {
      const other = await createTestDatabase()
      onTestFinished(() => other.drop())
      const { pool } = other.database
      await pool.query('drop schema public cascade; create schema public')
      await migrate(pool, await migrationsWith(made_with))
      const before = await schemaOf(other)
      expect(before).toEqual(await schemaOf(made))
      await migrate(pool, await migrationsWith(opened_with))
      expect(await schemaOf(other)).toEqual(before)
    },
  )

  test('have the checksum of their text with LF, so that existing databases keep theirs', async () => {
    const { rows } = await made.database.pool.query<{ md5: string }>(
      'select md5 from schema_versions where version = 1',
    )
    expect(rows).toEqual([{ md5: 'a038dcf962b7506b1123868fc7880a6c' }])
  })

  test('may run in several processes at once, and running them again changes nothing', async () => {
    const before = await made.database.pool.query(
      'select version, md5 from schema_versions order by version',
    )
    await Promise.all([1, 2, 3, 4].map(() => migrate(made.database.pool)))
    expect(
      (await made.database.pool.query('select version, md5 from schema_versions order by version'))
        .rows,
    ).toEqual(before.rows)
  })

  test('of a newer program make an older one refuse the database with a sentence', async () => {
    await made.database.pool.query(
      `insert into schema_versions (version, name, md5, run_at) values (9999, 'later', '', now())`,
    )
    await expect(migrate(made.database.pool)).rejects.toThrow(/at version 9999, this program knows/)
    await made.database.pool.query('delete from schema_versions where version = 9999')
  })
})

describe('a connection that falls silent', () => {
  test('is closed: its query is in doubt, and the next statement uses another', async () => {
    const { connection } = databaseAddress()
    const { host = '', port = 5432, ...rest } = connection
    const line = await openProxy([host.startsWith('/') ? join(host, `.s.PGSQL.${port}`) : port])
    const { rows } = await made.database.pool.query<{ name: string }>(
      'select current_database() as name',
    )
    const pool = createPool(
      { ...rest, host: 'localhost', port: line.port, database: rows[0]?.name ?? '' },
      500,
    )
    const silent = transaction({ pool }, async (db) => {
      await db.query(`insert into notes values (77, 'silent')`)
      line.fallSilent()
    })
    await expect(silent).rejects.toBeInstanceOf(CommitInDoubt)
    line.mend()
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    const slow = await pool.connect()
    mayTakeLong(slow)
    expect((await slow.query<{ one: number }>('select 1 as one from pg_sleep(0.8)')).rows).toEqual([
      { one: 1 },
    ])
    slow.release()
    await expect(pool.query('select pg_sleep(0.8)')).rejects.toThrow(/terminated/)
    await line.stop()
    await pool.end()
  })
})

describe('a database that may lose commits', () => {
  const url = async (): Promise<string> => {
    if (made.database_url) return made.database_url
    const { host, port, user, password } = databaseAddress().connection
    const { rows } = await made.database.pool.query<{ name: string }>(
      'select current_database() as name',
    )
    return `postgres://${user}:${encodeURIComponent(String(password))}@localhost/${rows[0]?.name}?host=${encodeURIComponent(host ?? '')}&port=${port}`
  }

  test.each(['off', 'local'])(
    'is refused by DATABASE_URL, wherever the setting was made: %s',
    async (value) => {
      const address = await url()
      const name = decodeURIComponent(new URL(address).pathname.slice(1))
      await made.database.pool.query(`alter database ${name} set synchronous_commit = ${value}`)
      await expect(
        openDatabase({ data_dir: '/nonexistent', database_url: address }),
      ).rejects.toMatchObject({
        name: 'StartProblem',
        message: expect.stringMatching(
          new RegExp(`may lose .*synchronous_commit = ${value}.* Switch it on`),
        ) as string,
      })
      await made.database.pool.query(`alter database ${name} reset synchronous_commit`)
      await (await openDatabase({ data_dir: '/nonexistent', database_url: address })).close()
    },
  )

  test('is refused with the name of every setting that is off', async () => {
    const settings = [
      { name: 'fsync', setting: 'off' },
      { name: 'synchronous_commit', setting: 'off' },
    ]
    await requireDurable({
      query: async () => ({
        rows: [
          { name: 'fsync', setting: 'on' },
          { name: 'synchronous_commit', setting: 'remote_write' },
          { name: 'full_page_writes', setting: 'on' },
        ],
      }),
    } as never)
    await expect(
      requireDurable({ query: async () => ({ rows: settings }) } as never),
    ).rejects.toThrow(/fsync = off, synchronous_commit = off\).*Switch them on/)
    const half = [
      { name: 'synchronous_commit', setting: 'local' },
      { name: 'full_page_writes', setting: 'off' },
    ]
    await expect(requireDurable({ query: async () => ({ rows: half }) } as never)).rejects.toThrow(
      /synchronous_commit = local, full_page_writes = off/,
    )
  })
})

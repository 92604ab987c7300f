import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { databaseAddress } from '../support/database.ts'
import { startWorld } from '../support/world.ts'

type Ended = { code: number; out: string; err: string }
const run = (env: Record<string, string>, words: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      ['commands/ticket.ts', ...words],
      { env: { PATH: process.env.PATH ?? '', ...env } },
      (error, out, err) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
const words = ['--user', 'U1001', '--author', 'carl']

test('a ticket is refused in production, whatever its other settings are, and the attempt writes an audit line', async () => {
  const world = await startWorld({ jobs: false })
  onTestFinished(() => world.stop())
  const { connection } = databaseAddress()
  const {
    host = '',
    port,
    user = '',
    password = '',
  } = connection as { host?: string; port?: number; user?: string; password?: string }
  const { database, connectionString } = world.database.pool.options as {
    database?: string
    connectionString?: string
  }
  const DATABASE_URL =
    connectionString ??
    `postgres://${user}:${encodeURIComponent(password)}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
  const refused = await run({ UNIONPAY_ENV: 'production', DATABASE_URL }, words)
  expect(refused).toMatchObject({ code: 1, out: '' })
  expect(refused.err).toContain('ticket refuses production')
  const { rows } = await world.database.pool.query(
    `select author, subject from audit_trail where action = 'ticket.refused'`,
  )
  expect(rows).toEqual([{ author: 'carl', subject: 'ticket' }])
})

test('a ticket is refused in production when the audit trail cannot be reached either', async () => {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'wugan-ticket-'))
  onTestFinished(() => rm(DATA_DIR, { recursive: true, force: true }))
  const refused = await run({ UNIONPAY_ENV: ' production ', DATA_DIR }, words)
  expect(refused).toMatchObject({ code: 1, out: '' })
  expect(refused.err).toContain('left no line')
})

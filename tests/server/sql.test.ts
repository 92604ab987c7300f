import type { PoolClient } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { markSent } from '../../server/transactions/mark-sent.ts'
import { writePaid } from '../../server/charges/settlement-store.ts'
import { storeBeside } from '../../server/notifications/store.ts'
import { findDeviations } from '../../server/reconciliation/compare.ts'
import { sealed_columns } from '../../server/storage/reseal.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { findQueryCalls, type QueryCall } from '../support/sql-of-sources.ts'

/**
 * Calls whose text is not read from the source, each with the reason. An entry that is no longer
 * needed fails the test.
 */
const unread: { file: string; begins: string; because: string }[] = [
  {
    file: 'server/contracts/changes.ts',
    begins: '`update contracts set ${sets',
    because: 'one column for each field of a change; the tests of contracts make every change',
  },
  ...[
    '`create temporary table compared',
    '`update compared',
    '`create temporary table deviations',
  ].map((begins) => ({
    file: 'server/reconciliation/compare.ts',
    begins,
    because: 'it makes a temporary table, or fills one: the test below runs it',
  })),
  {
    file: 'server/transactions/mark-sent.ts',
    begins: '{ name: `mark-sent-${table}`',
    because: 'the table decides which rows are locked before; the test below runs it for both',
  },
  {
    file: 'server/charges/settlement-store.ts',
    begins: '{ name: `settle-paid',
    because: 'notifications are stored beside it; the test below runs it with and without them',
  },
  {
    file: 'server/reconciliation/stage.ts',
    begins: "from('copy staged_lines",
    because: 'COPY cannot be prepared',
  },
  {
    file: 'server/storage/migrate.ts',
    begins: 'query',
    because: 'a migration; every test runs them all',
  },
]
/** Statements that PostgreSQL does not prepare. */
const utility =
  /^\s*(begin|commit|rollback|savepoint|release|set|listen|analyze|create|copy|lock)\b/i

const calls = findQueryCalls({ 'server/storage/reseal.ts': sealed_columns })

let made: TestDatabase
beforeAll(async () => {
  made = await createTestDatabase()
})
afterAll(() => made.drop())

/** The tables of a reconciliation, as it creates them. */
async function makeTemporaryTables(client: PoolClient): Promise<void> {
  const staged = calls
    .flatMap(({ texts }) => texts ?? [])
    .find((text) => text.startsWith('create temporary table staged_lines'))
  await client.query(staged ?? '')
  await findDeviations(client, {
    merchant_no: '898310148160568',
    day: '2026-11-22',
    clearing_day_ends: '23:00',
    fee: 38,
  })
}

test('the text of every query is read from the source, or listed with a reason', () => {
  const isListed = (one: QueryCall) =>
    unread.some(({ file, begins }) => one.file === file && one.argument.startsWith(begins))
  const found = calls.filter(({ texts }) => texts === null)
  expect(found.filter((one) => !isListed(one))).toEqual([])
  expect(found).toHaveLength(unread.length)
})

test('every statement of the server is prepared against the migrated schema', async () => {
  const client = await made.database.pool.connect()
  await makeTemporaryTables(client)
  for (const table of ['charges', 'refunds'] as const) await markSent(client, table, ['none'])
  const notification = {
    order_id: 'none',
    id: 'n',
    kind: 'payment',
    body_digest: 'd',
    body_sealed: 's',
  }
  await writePaid(client, 'statement', [notification])
  await writePaid(client, 'notification', [notification], storeBeside([notification]))
  const faults: string[] = []
  let prepared = 0
  for (const { file, texts } of calls) {
    for (const text of (texts ?? []).filter((one) => !utility.test(one))) {
      await client.query(`prepare checked as ${text}`).then(
        () => client.query('deallocate checked'),
        (error: Error) => faults.push(`${file}: ${error.message}: ${text.slice(0, 200)}`),
      )
      prepared++
    }
  }
  client.release()
  expect(faults).toEqual([])
  expect(prepared).toBeGreaterThan(200)
})

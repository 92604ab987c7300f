import { afterAll, beforeAll, expect, test } from 'vitest'
import { lastOf } from '../../server/audit/store.ts'
import { listCharges } from '../../server/charges/store.ts'
import { countContracts, countOpen, countReviews } from '../../server/console/overview-store.ts'
import { findAnything } from '../../server/console/search-store.ts'
import { listWork } from '../../server/console/work-store.ts'
import { listAnnounced } from '../../server/debit-notices/store.ts'
import { listRefundsWhere } from '../../server/refunds/store.ts'
import type { Queryable } from '../../server/storage/database.ts'
import { listDeliveries } from '../../server/webhooks/delivery-store.ts'
import { startWorld, type World } from '../support/world.ts'

/** Frequent console pages must not read every order that ever existed. */

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

/**
 * PostgreSQL's plan for a table of millions: sequential scans are disabled where an index can help.
 */
async function planOf(work: (db: Queryable) => Promise<unknown>): Promise<string> {
  const client = await world.database.pool.connect()
  const lines: string[] = []
  try {
    await client.query('begin; set local enable_seqscan = off')
    const query = async (text: string, values: unknown[] = []) => {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values)
      lines.push(...rows.map((row) => row['QUERY PLAN']))
      return { rows: [], rowCount: 0 }
    }
    await work({ query } as unknown as Queryable)
    return lines.join('\n')
  } finally {
    await client.query('rollback')
    client.release()
  }
}

const period = { plan_ids: [], from: '2026-11-22T00:00:00Z', to: '2026-11-22T01:00:00Z' }
const looks: [name: string, look: (db: Queryable) => Promise<unknown>][] = [
  ['open orders', countOpen],
  ['reviews', countReviews],
  ['contracts of today', (db) => countContracts(db, new Date())],
  ['open items that need manual review', (db) => listWork(db, 50)],
  ['a number that somebody read out', (db) => findAnything(db, 'U1001', 'digest', 50)],
  ['charges of an hour', (db) => listCharges(db, period, 50)],
  ['refunds of an hour', (db) => listRefundsWhere(db, period, 50)],
  ['webhooks that were given up', (db) => listDeliveries(db, { state: 'given_up' }, 50)],
  ['the last release of the sweep', (db) => lastOf(db, 'sweep.release')],
  ['announced debits of a user', (db) => listAnnounced(db, 'nobody')],
]

test.each(looks)('%s are found by an index', async (_name, look) => {
  const plan = await planOf(look)
  expect(plan).toMatch(/Index|Bitmap/)
  expect(
    plan
      .split('\n')
      .filter((line) =>
        /Seq Scan on (charges|refunds|contracts|contract_history|audit_trail|debit_notices|webhook_deliveries)\b/.test(
          line,
        ),
      ),
  ).toEqual([])
  // a full walk along a primary key is a sequential scan in another order
  const walks = plan
    .split('\n')
    .map((line, index, all) => [line, all[index + 1] ?? ''] as const)
    .filter(
      ([line, next]) =>
        /using (charges|refunds|contracts|webhook_deliveries)_pkey/.test(line) &&
        !next.includes('Index Cond'),
    )
  expect(walks).toEqual([])
})

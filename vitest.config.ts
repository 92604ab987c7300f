import './commands/direct-loopback.js'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './commands/parts/longest-first.ts'
import { RunReporter } from './commands/parts/run-report.ts'
import { factWithin, rememberSlowness, timeLimit } from './tests/support/time-limits.ts'

const slowness = rememberSlowness()
console.log(`Time limits: ${slowness} × the usual ones, as this machine is that much slower now.`)

/**
 * Repeated through DATABASE_URL: connections, transactions, locks and batches, and money under
 * concurrency. The rest behaves alike on the same PostgreSQL.
 */
const through_database_url = [
  'batches',
  'charge-in-queue',
  'charges-once',
  'charges',
  'claims',
  'database',
  'database-lost',
  'deployment',
  'event-feed',
  'event-positions',
  'idempotency-keys',
  'lock-order',
  'payment-notifications',
  'reconciliation',
  'refunds',
  'renamed-values',
  'sql',
]

/**
 * A suite is a folder of tests/; what runs in a browser is in playwright.config.ts. `npx vitest
 * --project server` runs one; `npm test` runs all.
 */
const suite = (
  name: string,
  more: {
    include?: string[]
    database?: boolean
    environment?: 'happy-dom'
    test_within_ms?: number
  } = {},
) => ({
  extends: true as const,
  test: {
    name,
    environment: more.environment ?? 'node',
    include: more.include ?? [
      process.env['TEST_DATABASE_URL']
        ? `tests/${name}/{${through_database_url}}.test.ts`
        : `tests/${name}/**/*.test.ts`,
    ],
    globalSetup: more.database ? ['tests/vitest/database-setup.ts'] : [],
    setupFiles: more.database ? ['tests/vitest/database-address.ts'] : [],
    testTimeout: timeLimit(more.test_within_ms ?? 120_000),
  },
})

/** Where `npm test` wants to read how it went. */
const results = process.env['TEST_RESULTS']

export default defineConfig({
  // the mini-app has a Vite configuration of its own; tests need none of it
  test: {
    environment: 'node',
    hookTimeout: timeLimit(240_000),
    expect: { poll: { timeout: factWithin() } },
    reporters: ['default', ...(results ? [new RunReporter(results)] : [])],
    // two workers for two cores: a third only makes the clocks of the others late
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      suite('unit'),
      suite('web', { environment: 'happy-dom' }),
      suite('tidy', { include: ['tests/tidy.test.ts'] }),
      suite('server', { database: true }),
      suite('protocol', { database: true }),
      suite('simulation', { database: true }),
      suite('docs'),
      suite('load'),
      suite('fuzz', { database: true }),
      suite('processes', { test_within_ms: 600_000 }),
      suite('sandbox'),
    ],
  },
})

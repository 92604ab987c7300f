import './commands/direct-loopback.js'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './commands/parts/longest-first.ts'
import { RunReporter } from './commands/parts/run-report.ts'
import { factWithin, rememberSlowness, timeLimit } from './tests/support/time-limits.ts'

const slowness = rememberSlowness()
console.log(`Time limits: ${slowness} × the usual ones, as this machine is that much slower now.`)

/** Not repeated through DATABASE_URL: what is about the embedded database, or about doors, pages and UnionPay's answers more than about rows. */
const once = [
  'tests/server/{embedded,operator-sign-in,payment-message-kinds,backup,sealing-keys,audit-trail,contract-questions,console,webhooks,tracing,overload,http,published-api,metrics,go-live}.test.ts',
  'tests/server/attack*.test.ts',
]

/** A suite is a folder of tests/; what runs in a browser is in playwright.config.ts. `npx vitest --project server` runs one; `npm test` runs all, most of the server's twice. */
const suite = (
  name: string,
  more: {
    include?: string[]
    database?: boolean
    test_within_ms?: number
  } = {},
) => ({
  extends: true as const,
  test: {
    name,
    include: more.include ?? [`tests/${name}/**/*.test.ts`],
    exclude: process.env['TEST_DATABASE_URL'] ? once : [],
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

import { defineConfig } from 'vitest/config'
import { LongestFirst } from './commands/parts/longest-first.ts'
import { RunReporter } from './commands/parts/run-report.ts'

/** Not repeated through DATABASE_URL: what is about the embedded database, or about doors, pages and UnionPay's answers more than about rows. */
const once = [
  'tests/server/{embedded,backup,sealing-keys,audit-trail,contract-questions,console,webhooks,tracing,overload,http,published-api,metrics,go-live}.test.ts',
  'tests/server/attack*.test.ts',
]

/** A suite is a folder of tests/. `npx vitest --project server` runs one; `npm test` runs all, most of the server's twice. */
const suite = (
  name: string,
  more: {
    include?: string[]
    database?: boolean
    maxWorkers?: number
    testTimeout?: number
    retry?: number
  } = {},
) => ({
  extends: true as const,
  test: {
    name,
    include: more.include ?? [`tests/${name}/**/*.test.ts`],
    exclude: process.env['TEST_DATABASE_URL'] ? once : [],
    globalSetup: more.database ? ['tests/support/database-setup.ts'] : [],
    maxWorkers: more.maxWorkers ?? 2,
    testTimeout: more.testTimeout ?? 20_000,
    retry: more.retry ?? 0,
  },
})

/** Where `npm test` wants to read how it went. */
const results = process.env['TEST_RESULTS']

export default defineConfig({
  // the mini-app has a Vite configuration of its own; tests need none of it
  test: {
    environment: 'node',
    hookTimeout: 60_000,
    // a fact is waited for as long as a busy machine may take
    expect: { poll: { timeout: 15_000 } },
    passWithNoTests: true,
    reporters: ['default', ...(results ? [new RunReporter(results)] : [])],
    // two workers for two cores: a third only makes the clocks of the others late
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      suite('unit'),
      suite('tidy', { include: ['tests/tidy.test.ts'] }),
      suite('web'),
      suite('server', { database: true }),
      suite('protocol', { database: true }),
      suite('simulation', { database: true }),
      suite('docs'),
      suite('load'),
      suite('fuzz', { database: true }),
      suite('processes', { testTimeout: 180_000 }),
      suite('sandbox'),
      // a browser beside other work may stand still for seconds: told once more, and named at the end (commands/parts/run-report.ts)
      suite('sandbox-pages', { testTimeout: 60_000, retry: 1 }),
      suite('gallery', { database: true, maxWorkers: 1, testTimeout: 600_000 }),
      suite('e2e', { database: true, testTimeout: 60_000, retry: 1 }),
    ],
  },
})

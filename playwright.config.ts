import './commands/direct-loopback.js'
import { defineConfig, type ReporterDescription } from '@playwright/test'
import { chromiumOptions } from './tests/browser/chromium.ts'
import { sizes, themes } from './tests/gallery/looks.ts'
import { factWithin, rememberSlowness, timeLimit } from './tests/support/time-limits.ts'

const slowness = rememberSlowness()
const is_worker = process.env['TEST_WORKER_INDEX'] !== undefined
if (!is_worker)
  console.log(`Time limits: ${slowness} × the usual ones, as this machine is that much slower now.`)

/** Where `npm test` wants to read how it went. */
const results = process.env['TEST_RESULTS']
const counted: ReporterDescription[] = results
  ? [['./commands/parts/browser-run-report.ts', { file: results }]]
  : []

/**
 * What is about looks runs once more in the dark, and on a phone where it opens in the size of the
 * project.
 */
const dark = {
  grep: /@dark/,
  use: { colorScheme: 'dark' as const, viewport: { width: 360, height: 800 } },
}

/**
 * Everything that runs in a browser; the other suites are in vitest.config.ts. `npm run e2e --
 * --ui` shows the tests as they run.
 */
export default defineConfig({
  fullyParallel: false,
  // two workers for two cores: a third only makes the clocks of the others late
  workers: 2,
  retries: 0,
  timeout: timeLimit(600_000),
  expect: { timeout: factWithin() },
  outputDir: 'test-results',
  reporter: [['list'], ['html', { open: 'never', outputFolder: 'playwright-report' }], ...counted],
  webServer: {
    name: 'built pages and PostgreSQL',
    command: `"${process.execPath}" tests/browser/test-server.ts`,
    // stored as TEST_DATABASE_SERVER in the environment of the workers
    wait: { stdout: /database server: (?<test_database_server>.+)/ },
    timeout: timeLimit(240_000),
    gracefulShutdown: { signal: 'SIGTERM', timeout: timeLimit(60_000) },
  },
  use: {
    launchOptions: await chromiumOptions(),
    actionTimeout: factWithin(),
    navigationTimeout: factWithin(),
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'e2e', testDir: 'tests/e2e' },
    { name: 'e2e-dark', testDir: 'tests/e2e', ...dark },
    { name: 'sandbox-pages', testDir: 'tests/sandbox-pages' },
    { name: 'sandbox-pages-dark', testDir: 'tests/sandbox-pages', ...dark },
    ...sizes.flatMap((viewport) =>
      themes.map((colorScheme) => ({
        name: `gallery-${viewport.width}-${colorScheme}`,
        testDir: 'tests/gallery',
        timeout: timeLimit(1_200_000),
        use: { viewport, colorScheme },
      })),
    ),
  ],
})

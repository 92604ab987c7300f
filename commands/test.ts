import { startTcpServer } from '../tests/support/database-server.ts'
import { buildPages } from './build.ts'
import { ensureChineseFont } from './parts/chinese-font.ts'
import { freePort } from './parts/ports.ts'
import { browserSuites, endWith, step, suites, type Score } from './parts/stage.ts'
import { staticChecks } from './parts/static-checks.ts'

/**
 * `npm test`: everything, browser and database included. What of the server's suite is about
 * connections, transactions and locks runs twice: on the embedded database, and through
 * DATABASE_URL on a PostgreSQL over TCP. The last line is the sum of all of it.
 */
const scores: Score[] = [
  ...(await staticChecks()),
  await step('build', () => buildPages()),
  await suites('tidy rules, units, sandbox, protocol, server on the embedded database', [
    'tidy',
    'unit',
    'web',
    'sandbox',
    'protocol',
    'server',
    'simulation',
    'load',
    'fuzz',
  ]),
  await throughDatabaseUrl(),
  await suites('processes that are killed, what the documents say', ['processes', 'docs']),
]
ensureChineseFont()
scores.push(
  await browserSuites('pages and stories in a browser', [
    'e2e',
    'e2e-dark',
    'sandbox-pages',
    'sandbox-pages-dark',
  ]),
)

endWith(scores)

async function throughDatabaseUrl(): Promise<Score> {
  const postgres = await startTcpServer(await freePort())
  try {
    return await suites('server through DATABASE_URL', ['server'], {
      TEST_DATABASE_URL: postgres.database_url,
    })
  } finally {
    await postgres.stop()
  }
}

import { buildPages } from '../../commands/build.ts'
import { startTestDatabase } from '../support/template.ts'

/**
 * Started by Playwright Test before a run and ended by SIGTERM after it: the built pages, and one PostgreSQL with a migrated template.
 * The printed line is what playwright.config.ts waits for.
 */
await buildPages()
const { address, stop } = await startTestDatabase()
const stay = setInterval(() => {}, 60_000)
process.once('SIGTERM', () => {
  clearInterval(stay)
  void stop().then(() => process.exit(0))
})
console.log(`database server: ${JSON.stringify(address)}`)

import { buildPages } from '../../commands/build.ts'
import { startTestDatabase } from '../support/template.ts'

/**
 * Playwright Test starts this before a run and ends it with SIGTERM: it builds the pages and starts
 * one PostgreSQL with a migrated template. playwright.config.ts waits for the printed line.
 */
await buildPages()
const { address, stop } = await startTestDatabase()
const keep_alive = setInterval(() => {}, 60_000)
process.once('SIGTERM', () => {
  clearInterval(keep_alive)
  void stop().then(() => process.exit(0))
})
console.log(`database server: ${JSON.stringify(address)}`)

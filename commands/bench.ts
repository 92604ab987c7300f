import { full, run, type Part } from '../tests/load/run.ts'
import { tables } from '../tests/load/tables.ts'

/**
 * `npm run -s bench -- charge|notification|due|all`: what a request costs as a multiple of the least it could cost, measured in the
 * same run (docs/performance.md). Starts a database and servers of its own; touches no other.
 */
const parts: Record<string, readonly Part[]> = { charge: ['charge'], notification: ['notification'], due: ['due'], all: ['charge', 'notification', 'due'] }
const chosen = parts[process.argv[2] ?? '']
if (!chosen) {
  console.error('usage: npm run -s bench -- charge|notification|due|all [rounds]')
  process.exit(2)
}
console.log(tables(await run(chosen, { ...full, rounds: Number(process.argv[3] ?? full.rounds) })))

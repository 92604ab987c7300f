import { full, run, type Part } from '../tests/load/run.ts'
import { measureProcesses } from '../tests/load/processes.ts'
import { processTable, tables } from '../tests/load/tables.ts'

/**
 * `npm run -s bench -- charge|notification|due|processes|all`: what a request costs as a multiple of the least it could cost, measured in the
 * same run (docs/performance.md). Starts a database and servers of its own; touches no other.
 */
const parts: Record<string, readonly Part[]> = { charge: ['charge'], notification: ['notification'], due: ['due'], all: ['charge', 'notification', 'due'] }
const what = process.argv[2] ?? ''
const rounds = Number(process.argv[3] ?? full.rounds)
const chosen = parts[what]
if (!chosen && what !== 'processes') {
  console.error('usage: npm run -s bench -- charge|notification|due|processes|all [rounds]')
  process.exit(2)
}
if (chosen) console.log(tables(await run(chosen, { ...full, rounds })))
if (what === 'processes' || what === 'all') console.log(processTable(await measureProcesses([1, 2, 4], { rounds, callers: 50, times: full.times })))

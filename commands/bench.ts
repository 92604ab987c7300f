import { full, run, type Part } from '../tests/load/run.ts'
import { measureLogLines } from '../tests/load/log-lines.ts'
import { measureProcesses } from '../tests/load/processes.ts'
import { measureStatement } from '../tests/load/statement.ts'
import { processTable, statementTable, tables } from '../tests/load/tables.ts'
import { readArguments, stopWithUsage } from './parts/arguments.ts'

/**
 * `wugan bench charge|notification|due|processes|log|statement|all`: what a request costs as a
 * multiple of the least it could cost, measured in the same run (docs/performance.md). Starts a
 * database and servers of its own; touches no other.
 */
const parts: Record<string, readonly Part[]> = {
  charge: ['charge'],
  notification: ['notification'],
  due: ['due'],
  all: ['charge', 'notification', 'due'],
}
const {
  positionals: [what = '', times],
} = readArguments('bench')
const rounds = Number(times ?? full.rounds)
const chosen = parts[what]
if (!chosen && !['processes', 'log', 'statement', 'first-load'].includes(what))
  stopWithUsage('bench')
if (chosen) console.log(tables(await run(chosen, { ...full, rounds })))
if (what === 'processes' || what === 'all')
  console.log(
    processTable(await measureProcesses([1, 2, 4], { rounds, callers: 50, times: full.times })),
  )
if (what === 'log' || what === 'all') {
  const { plain_us, guarded_us } = measureLogLines()
  console.log(
    `\na log line: ${plain_us.toFixed(2)} µs, with the look for personal numbers ${guarded_us.toFixed(2)} µs`,
  )
}
if (what === 'statement' || what === 'all')
  console.log(
    statementTable(
      await measureStatement(what === 'statement' ? Number(times ?? 1_000_000) : 1_000_000),
    ),
  )
if (what === 'first-load') {
  const { measureFirstLoad } = await import('../tests/load/first-load.ts')
  await measureFirstLoad(Number(times ?? 5))
}

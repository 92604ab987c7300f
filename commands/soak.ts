import { stopOnSignal } from '../tests/processes/installation.ts'
import { soak } from '../tests/processes/soak.ts'
import { risesIn, type Sample } from '../tests/processes/soak-rules.ts'
import { readArguments } from './parts/arguments.ts'

/**
 * `wugan soak --minutes 30 --per-second 20`: the real server at a steady rate; prints its memory,
 * latency, handles and database connections, and exits 1 when one of them rises, saying by which
 * rule, or when the books are not right (docs/reliability.md).
 */
const { values } = readArguments('soak')
const columns: [string, (sample: Sample) => string][] = [
  ['minute', ({ minute }) => minute.toFixed(1)],
  ['charges', ({ charges }) => String(charges)],
  ['p50 ms', ({ p50_ms }) => p50_ms.toFixed(0)],
  ['p99 ms', ({ p99_ms }) => p99_ms.toFixed(0)],
  ['resident MB', ({ resident_mb }) => resident_mb.toFixed(0)],
  ['heap MB', ({ heap_mb }) => heap_mb.toFixed(0)],
  ['descriptors', ({ descriptors }) => String(descriptors)],
  ['handles', ({ handles }) => String(handles)],
  ['database connections', ({ connections }) => String(connections)],
  ['database MB', ({ database_mb }) => database_mb.toFixed(0)],
]
const line = (cells: readonly string[]): void => console.log(`| ${cells.join(' | ')} |`)
stopOnSignal()
line(columns.map(([name]) => name))
line(columns.map(() => '---'))
const { samples, before, after, charges, refunds, repeated, starts, found } = await soak(
  Number(values.minutes),
  Number(values['per-second']),
  (sample) => line(columns.map(([, tell]) => tell(sample))),
)
console.log('\nat rest, before the load and after it:')
for (const sample of [before, after]) line(columns.map(([, tell]) => tell(sample)))
console.log(
  `\n${charges} charges, ${refunds} refunds, ${repeated} of them repeated, the server was started ${starts} time(s)`,
)
const faults = [
  ...risesIn(samples, before, after),
  ...(starts > 1 ? ['the server ended and had to be started again'] : []),
  ...[...found.lost, ...found.double, ...found.wrong].map(
    (one) => `the books are not right: ${one}`,
  ),
]
for (const fault of faults) console.error(fault)
console.log(faults.length === 0 ? 'flat' : `${faults.length} rule(s) broken`)
process.exit(faults.length === 0 ? 0 : 1)

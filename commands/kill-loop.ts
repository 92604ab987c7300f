import { killLoop } from '../tests/processes/kill-loop.ts'
import { all_disruptions } from '../tests/processes/disruptions.ts'
import { stopOnSignal, type Kind } from '../tests/processes/installation.ts'
import { tableOf } from '../tests/processes/kill-table.ts'
import { readArguments } from './parts/arguments.ts'

/**
 * `wugan kill-loop --rounds 10`: kills the real server, its PostgreSQL, its connection and its disk
 * under load, each sort so many times on either kind of database, and holds the books against
 * UnionPay's ledger after each (docs/reliability.md). `--disruption` does one sort alone; `--seed`
 * chooses the order, the moments and the victims; what other programs do meanwhile it does not
 * decide.
 */
const { values } = readArguments('kill-loop')
const disruptions = all_disruptions.filter(
  (disruption) => values.disruption === undefined || disruption === values.disruption,
)
if (disruptions.length === 0) {
  console.error(`--disruption is one of: ${all_disruptions.join(', ')}`)
  process.exit(2)
}
const seed =
  values.seed === undefined
    ? process.pid * 7919 + Math.floor(performance.timeOrigin % 1_000_003)
    : Number(values.seed)
console.log(`seed ${seed}`)
const rounds = Number(values.rounds)
/** On an ordinary disk, where a commit takes its time, and on a small one. */
const kinds: Kind[] = [
  { database: 'embedded', servers: 1 },
  { database: 'DATABASE_URL', servers: 2 },
  { database: 'embedded', servers: 1, disk_mb: 300 + 10 * rounds },
  { database: 'DATABASE_URL', servers: 2, disk_mb: 300 + 10 * rounds },
]
stopOnSignal()
const tallies = await killLoop(
  seed,
  { kinds, disruptions, rounds, customers: 6, contracts: 8, books: 'each', days: true },
  (line) => console.log(line),
)
console.log(`\n${tableOf(tallies)}`)
const faults = tallies.flatMap(({ lost, double, wrong }) => [
  ...lost.map((one) => `lost: ${one}`),
  ...double.map((one) => `double: ${one}`),
  ...wrong.map((one) => `wrong: ${one}`),
])
for (const fault of faults) console.error(fault)
process.exit(faults.length === 0 ? 0 : 1)

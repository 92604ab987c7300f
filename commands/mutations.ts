import { catchFault } from '../tests/simulation/planted/catch-fault.ts'
import { plantedFaults } from '../tests/simulation/planted/index.ts'
import { readArguments } from './parts/arguments.ts'

/**
 * `wugan mutations`: puts each listed fault into a copy of the source and looks whether the
 * simulation or a test catches it. `--only words` takes those whose name holds the words; `--search
 * 300` tries so many seeds where the known one finds nothing.
 */
const { values } = readArguments('mutations')
const chosen = plantedFaults.filter(({ name }) => name.includes(values.only))
console.log('| mutation | caught by |\n|---|---|')
let missed = 0
for (const fault of chosen) {
  const result = catchFault(fault, Number(values.search))
  if (!result.caught) missed++
  const stale =
    result.caught && 'seed' in fault.caught_by && result.seed !== fault.caught_by.seed
      ? ` (seed ${fault.caught_by.seed}, which is listed, catches it no more)`
      : ''
  console.log(`| ${fault.name} | ${result.caught ? result.by : '**nothing**'}${stale} |`)
  if (!result.caught && values.only !== '') console.log(result.said)
}
console.log(`\n${chosen.length - missed} of ${chosen.length} mutations caught`)
process.exit(missed === 0 ? 0 : 1)

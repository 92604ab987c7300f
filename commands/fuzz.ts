import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/**
 * `npm run fuzz -- --inputs 100000` gives so many inputs to everything that reads what strangers send, shared among the targets
 * (tests/fuzz). `--seed N` gives the same inputs again. The first input that does harm is made small and printed; then the exit code is 1.
 */
const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
  },
})
console.log(`seed ${values.seed}: npm run fuzz -- --inputs ${values.inputs} --seed ${values.seed}`)
const { status } = spawnSync(
  process.execPath,
  [join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', 'fuzz'],
  {
    stdio: 'inherit',
    env: { ...process.env, FUZZ_INPUTS: values.inputs, FUZZ_SEED: values.seed },
  },
)
process.exit(status ?? 1)

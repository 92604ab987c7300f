import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { readArguments } from './parts/arguments.ts'

/**
 * `wugan fuzz --inputs 100000` gives so many inputs to everything that reads what strangers send,
 * shared among the targets (tests/fuzz). `--seed N` gives the same inputs again. The first input
 * that does harm is made small and printed; then the exit code is 1.
 */
const {
  values: { inputs, seed = String(randomInt(2 ** 31)) },
} = readArguments('fuzz')
console.log(`seed ${seed}: npx wugan fuzz --inputs ${inputs} --seed ${seed}`)
const { status } = spawnSync(
  process.execPath,
  [join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', 'fuzz'],
  {
    stdio: 'inherit',
    env: { ...process.env, FUZZ_INPUTS: inputs, FUZZ_SEED: seed },
  },
)
process.exit(status ?? 1)

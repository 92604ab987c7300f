import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { plant } from './copy.ts'
import type { PlantedFault } from './planted-fault.ts'

/** How a mutation was caught, or that it was not. */
export type Catch =
  | { caught: true; by: string; seed: number | null }
  | { caught: false; said: string }

const run = (folder: string, args: string[]): { status: number | null; said: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 600_000,
  })
  return { status, said: `${stdout}${stderr}` }
}

function simulate(folder: string, from: number, seeds: number): Catch {
  const { status, said } = run(folder, [
    'commands/simulate.ts',
    '--from',
    String(from),
    '--seeds',
    String(seeds),
    '--no-story',
  ])
  const found = /seed (\d+): “(.*)” is broken/.exec(said)
  return status !== 0 && found
    ? { caught: true, by: `seed ${found[1]}: ${found[2]}`, seed: Number(found[1]) }
    : { caught: false, said: said.slice(-2_000) }
}

/**
 * Applies a mutation to a copy and runs its seed there, or its test. `search`: how many more seeds
 * are tried when that one finds nothing.
 */
export function catchFault(fault: PlantedFault, search: number): Catch {
  const { folder, remove } = plant(fault)
  try {
    const { caught_by } = fault
    if ('seed' in caught_by) {
      const first = simulate(folder, caught_by.seed, 1)
      return first.caught || search === 0 ? first : simulate(folder, 1, search)
    }
    const { status, said } = run(folder, [
      join('node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--project',
      caught_by.project,
      caught_by.file,
      '-t',
      caught_by.test,
    ])
    const failed = status !== 0 && /[1-9]\d* failed/.test(said)
    return failed
      ? { caught: true, by: `${caught_by.file}: ${caught_by.test}`, seed: null }
      : { caught: false, said: said.slice(-2_000) }
  } finally {
    remove()
  }
}

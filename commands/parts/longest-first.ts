import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Files that take half a minute and more, the longest first: then no long one is left to wait for
 * at the end.
 */
const long = [
  'simulation/first-seeds',
  'simulation/further-seeds',
  'processes/kill-loop',
  'server/contract-questions',
  'simulation/scripted-plans',
  'docs/commands',
]

const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = long.findIndex((name) => moduleId.endsWith(`tests/${name}.test.ts`))
  return place === -1 ? long.length : place
}

/** The order of a run that knows no earlier one. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- the sequencer's method, not an array's
    return (await super.sort(files)).toSorted((one, other) => placeOf(one) - placeOf(other))
  }
}

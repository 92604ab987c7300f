import { SettingsProblem } from '../../server/settings.ts'

/** What a person can mend is said in a sentence; anything else is a bug and shows its stack. */
export function printProblem(error: unknown): void {
  const expected =
    error instanceof SettingsProblem || (error instanceof Error && error.name === 'StartProblem')
  console.error(expected ? error.message : error)
  process.exitCode = 1
}

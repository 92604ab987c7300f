import { Refusal } from '../../server/errors.ts'
import { sentenceOfSystem } from '../../server/kernel/start-problem.ts'
import { SettingsProblem } from '../../server/settings.ts'

/** What a person can mend is said in a sentence; anything else is a bug and shows its stack. */
export function printProblem(error: unknown): void {
  const expected =
    error instanceof SettingsProblem || (error instanceof Error && error.name === 'StartProblem')
  if (error instanceof Refusal) console.error(`${error.code}: ${error.message}`)
  else console.error(expected ? error.message : (sentenceOfSystem(error) ?? error))
  process.exitCode = 1
}

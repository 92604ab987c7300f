import type { readArguments } from './arguments.ts'

export type DoctorOptions = ReturnType<typeof readArguments<'doctor'>>['values']

/** Does it, or ends the command with exit 2 and the error's sentence. */
export function tryTo<Value>(action: () => Value): Value {
  try {
    return action()
  } catch (error) {
    return stop((error as Error).message)
  }
}

export function stop(sentence: string): never {
  console.error(sentence)
  process.exit(2)
}

/** Names of files separated by commas. */
export const filesOf = (setting: string | undefined): string[] =>
  (setting ?? '')
    .split(',')
    .map((file) => file.trim())
    .filter((file) => file !== '')

import { parseArgs } from 'node:util'

const text = { type: 'string' } as const
const options = {
  key: text,
  json: { type: 'boolean' },
  'go-live': { type: 'boolean' },
  'key-file': text,
  root: text,
  middle: text,
  cert: text,
  at: text,
  owner: text,
  'secure-key': text,
  password: text,
  'password-file': text,
} as const

export type DoctorOptions = ReturnType<typeof parseWords>['values']
export const parseWords = (args = process.argv.slice(2)) =>
  parseArgs({ args, allowPositionals: true, options })

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

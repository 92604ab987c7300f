/**
 * What a command is called with. `value` is how its help writes the value; `about` says what it
 * does.
 */
type Option = {
  type: 'string' | 'boolean'
  multiple?: boolean
  default?: string
  value?: string
  about: string
}

/**
 * A command as its help describes it and as its arguments are read. The file of the same name in
 * commands/ does it.
 */
export type Definition = {
  about: string
  /** what follows the name, a form a line */
  usage: readonly string[]
  /** what stands below the forms */
  notes?: string
  options: Readonly<Record<string, Option>>
  /** what follows the name in the example */
  example: string
  /** whether it takes words beside its options */
  words?: boolean
  /** whether .env of the current folder is loaded first, where there is one */
  env_file?: boolean
}

export type Definitions = Readonly<Record<string, Definition>>

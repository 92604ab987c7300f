import { parseArgs } from 'node:util'
import type { Definition } from './definition.ts'
import { definitions, usageOf, type CommandName } from './help.ts'

type Read<Name extends CommandName> = ReturnType<
  typeof parseArgs<{ options: (typeof definitions)[Name]['options']; allowPositionals: true }>
>

/**
 * The arguments of a command, by its definition. What is unknown is named, and the command ends
 * with exit 2.
 */
export function readArguments<Name extends CommandName>(
  name: Name,
  args = process.argv.slice(2),
): Read<Name> {
  const { options, words: allowPositionals = false }: Definition = definitions[name]
  try {
    return parseArgs({ args, options, allowPositionals }) as Read<Name>
  } catch (error) {
    console.error((error as Error).message)
    return stopWithUsage(name)
  }
}

/** Prints how the command is written, and ends it with exit 2. */
export function stopWithUsage(name: CommandName): never {
  console.error(usageOf(name))
  process.exit(2)
}

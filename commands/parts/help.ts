import { developer_commands, script_commands } from './developer-commands.ts'
import type { Definition, Definitions } from './definition.ts'
import { operator_commands } from './operator-commands.ts'

export const definitions = { ...operator_commands, ...developer_commands, ...script_commands }
export type CommandName = keyof typeof definitions

/** How it is written in a checkout. */
const called = 'npx wugan'

/** `wugan --help`: every command by who needs it. */
export const overview = (): string => `Usage: ${called} <command> …

Operating:
${listOf(operator_commands)}

Developing:
${listOf(developer_commands)}

Run by npm (npm start, npm test, npm run NAME):
${listOf(script_commands)}

${called} <command> --help has its options and an example.
In a container or a unit: node commands/wugan.js <command> …`

const listOf = (some: Definitions): string =>
  Object.entries(some)
    .map(([name, { about }]) => `  ${name.padEnd(16)} ${about}`)
    .join('\n')

/** `wugan <command> --help`. */
export function helpOf(name: CommandName): string {
  const { about, notes, options, example }: Definition = definitions[name]
  const rows = Object.entries(options).map(
    ([option, { value, default: otherwise, about: does }]) => [
      `--${option}${value === undefined ? '' : ` ${value}`}`,
      `${does}${otherwise ? ` (${otherwise})` : ''}`,
    ],
  )
  const width = Math.max(...rows.map(([left = '']) => left.length), 0)
  const list = rows.map(([left = '', right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')
  return [
    `${name}: ${about}`,
    usageOf(name),
    ...(notes === undefined ? [] : [notes]),
    ...(list === '' ? [] : [`Options:\n${list}`]),
    `Example:\n  ${called} ${name} ${example}`.trimEnd(),
  ].join('\n\n')
}

export const usageOf = (name: CommandName): string =>
  `Usage:\n${definitions[name].usage.map((form) => formOf(name, form)).join('\n')}`

/** A line that begins with blanks goes on with what the line above says. */
const formOf = (name: CommandName, form: string): string =>
  form.startsWith(' ')
    ? `${' '.repeat(called.length + name.length + 4)}${form.trimStart()}`
    : `  ${called} ${name} ${form}`.trimEnd()

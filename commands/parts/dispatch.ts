import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { closest, distance } from 'fastest-levenshtein'
import { loadEnvFile } from '../../server/env-file.ts'
import type { Definition } from './definition.ts'
import { definitions, helpOf, overview, type CommandName } from './help.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const names = Object.keys(definitions)
const isCommand = (name: string): name is CommandName => names.includes(name)
const asksHelp = (arg: string | undefined): boolean => arg === '--help' || arg === '-h'

/**
 * Runs the command in this process, as if its file had been started with what follows its name.
 * Files are named from the checkout, as npm scripts do.
 */
export async function dispatch([name = '', ...rest]: readonly string[]): Promise<void> {
  if (asksHelp(name)) return void console.log(overview())
  if (!isCommand(name)) return refuse(name)
  if (rest.some(asksHelp)) return void console.log(helpOf(name))
  process.chdir(root)
  const { env_file = false }: Definition = definitions[name]
  // what is set already wins
  if (env_file && existsSync('.env')) loadEnvFile(readFileSync('.env'), process.env)
  const file = new URL(`../${name}.ts`, import.meta.url)
  process.argv = [process.execPath, fileURLToPath(file), ...rest]
  await import(file.href)
}

function refuse(name: string): void {
  process.exitCode = 2
  if (name === '') return void console.error(overview())
  const near = closest(name, names)
  const advice =
    distance(name, near) <= Math.max(2, name.length / 2) ? ` Did you mean ${near}?` : ''
  console.error(`There is no command ${name}.${advice} All of them: npx wugan --help`)
}

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A violation of a rule. `what` identifies it for the list of exceptions. */
export type Finding = { rule: string; file: string; what: string }

/** A node of the syntax tree (ESTree). */
export type Node = { type: string; start: number; end: number } & Record<string, unknown>

export type Import = { file: string | null; specifier: string; types_only: boolean }

/**
 * A source file as the rules see it. `code` is without comments, with the same offsets; of a .vue
 * file its script.
 */
export type Source = {
  file: string
  text: string
  code: string
  imports: Import[]
  program: Node
}

const folders = ['server', 'client', 'web', 'sandbox', 'examples', 'commands', 'tests']
const configs = ['vite.config.ts', 'vitest.config.ts', 'playwright.config.ts']
const extensions = /\.(ts|js|vue)$/

/**
 * Files that git tracks or would add, so that output of a build or a run does not affect the
 * result.
 */
export function listFiles(...below: string[]): string[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', ...below],
    { cwd: root, encoding: 'utf8' },
  )
  return listed.split('\0').filter((file) => file !== '' && existsSync(join(root, file)))
}

export const read = (file: string): string =>
  existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : ''

export const sources: Source[] = listFiles(...folders, ...configs)
  .filter((file) => extensions.test(file))
  .map((file) => parseSource(file, read(file)))

export function parseSource(file: string, text: string): Source {
  const script = file.endsWith('.vue') ? scriptOf(text) : text
  const { program, comments, module } = parseSync(file.replace(/\.vue$/, '.ts'), script, {
    sourceType: 'module',
  })
  let code = script
  for (const { start, end } of comments)
    code = code.slice(0, start) + code.slice(start, end).replace(/[^\n]/g, ' ') + code.slice(end)
  const imports: Import[] = []
  for (const { moduleRequest, entries } of module.staticImports) {
    imports.push(
      importOf(
        file,
        moduleRequest.value,
        entries.length > 0 && entries.every((entry) => entry.isType),
      ),
    )
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries)
      if (moduleRequest) imports.push(importOf(file, moduleRequest.value, isType))
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const specifier = script.slice(moduleRequest.start, moduleRequest.end)
    if (/^['"].*['"]$/.test(specifier)) imports.push(importOf(file, specifier.slice(1, -1), false))
  }
  return {
    file,
    text,
    code,
    imports,
    program: program as unknown as Node,
  }
}

/** The script parts, everything else blanked, so that line numbers stay the same. */
function scriptOf(text: string): string {
  let script = text.replace(/[^\n]/g, ' ')
  for (const { index, 0: whole, 1: body } of text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)) {
    if (body === undefined) continue
    const start = index + whole.indexOf(body, whole.indexOf('>'))
    script = script.slice(0, start) + body + script.slice(start + body.length)
  }
  return script
}

function importOf(from: string, specifier: string, types_only: boolean): Import {
  const file = specifier.startsWith('.') ? normalize(join(dirname(from), specifier)) : null
  return { file, specifier, types_only }
}

/** Every node of the tree, parents first. */
export function* walk(node: Node): Generator<Node> {
  yield node
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof child === 'object' && child !== null && typeof (child as Node).type === 'string')
        yield* walk(child as Node)
    }
  }
}

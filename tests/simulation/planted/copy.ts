import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PlantedFault } from './planted-fault.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const copied = [
  'server',
  'client',
  'sandbox',
  'examples',
  'tests',
  'commands',
  'plans.yaml',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
  '.env.example',
]

/**
 * Matches code in any layout: white space counts only between two words, and a comma before a
 * closing bracket is optional.
 */
function anyLayoutOf(code: string): RegExp {
  const parts = code.replaceAll(/,(\s*[)\]}])/g, '$1').match(/\w+|[^\w\s]/g) ?? []
  const escaped = parts.map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`))
  const joined = escaped.reduce((before, part, place) => {
    const two_words = /^\w/.test(part) && /\w$/.test(parts[place - 1] ?? '')
    const between = place === 0 ? '' : two_words ? String.raw`\s+` : String.raw`\s*`
    return before + between + (/^[)\]}]$/.test(parts[place] ?? '') ? String.raw`,?\s*` : '') + part
  }, '')
  return new RegExp(joined, 'g')
}

/** Why an edit no longer matches the source. Null when it does. */
export function problemOf({ name, edits }: PlantedFault): string | null {
  for (const [file, find] of edits) {
    const times = [...readFileSync(join(root, file), 'utf8').matchAll(anyLayoutOf(find))].length
    if (times !== 1) return `“${name}”: the text to change stands ${times} times in ${file}`
  }
  return null
}

/** A copy of the source with the mutation applied. `remove` deletes it. */
export function plant(fault: PlantedFault): { folder: string; remove(): void } {
  const problem = problemOf(fault)
  if (problem) throw new Error(problem)
  const folder = mkdtempSync(join(tmpdir(), 'wugan-planted-'))
  for (const name of copied) cpSync(join(root, name), join(folder, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const [file, find, replace] of fault.edits) {
    const path = join(folder, file)
    const text = readFileSync(path, 'utf8')
    writeFileSync(
      path,
      text.replace(anyLayoutOf(find), () => replace),
    )
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

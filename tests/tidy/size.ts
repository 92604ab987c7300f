import { sources, walk, type Finding, type Node, type Source } from './sources.ts'

const file_limit = 250
const function_limit = 70
/** Written by a command from another file. */
const generated = new Set(['client/operations.ts'])
const functions = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])

/** No file over 250 lines, no function of 70 or more. A describe block of a test is a heading, not a function. */
export function findLong(among: Source[] = sources): Finding[] {
  return among.filter(({ file }) => !generated.has(file)).flatMap((source) => [
    ...(source.lines > file_limit ? [{ rule: 'file length', file: source.file, what: `${source.lines} lines` }] : []),
    ...(source.file.endsWith('.test.ts') ? [] : longFunctions(source)),
  ])
}

function longFunctions({ file, code, program }: Source): Finding[] {
  const found: Finding[] = []
  for (const node of walk(program)) {
    if (!functions.has(node.type)) continue
    const lines = code.slice(node.start, node.end).split('\n').length
    if (lines >= function_limit) found.push({ rule: 'function length', file, what: nameOf(node) ?? `the function in line ${lineOf(code, node.start)}` })
  }
  return found
}

const nameOf = (node: Node): string | undefined => (node['id'] as { name?: string } | null)?.name
const lineOf = (code: string, offset: number): number => code.slice(0, offset).split('\n').length

/** The lengths of all files, shortest first. */
export const fileLengths = (): number[] => sources.map(({ lines }) => lines).toSorted((a, b) => a - b)
